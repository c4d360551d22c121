"""Once all is read: which events are others told again, and which are sums over several."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.converters.articles.model import Draft
from conflict_events.converters.articles.telling import likeness
from conflict_events.converters.articles.telling.told import Account, Told


def finish(events: list[Told], totals: list[Draft]) -> list[Told]:
    """The events in the order told; a sum over a country gives way to the places that make it up.

    What turns out to be a sum is added to `totals`.
    """
    gone = _told_again(events, totals) | _empty_sums(events) | _summed(events)
    events = [event for event in events if id(event) not in gone]
    events = [told for event in events for told in _fight_apart(event)]
    kept: list[Told] = []
    placed = {(e.subtype, e.side_a) for e in events if e.spot is not None and e.spot.kind != "country"}
    for event in events:
        if likeness.is_sum(event, placed):
            totals.append(event.accounts[0].draft)
        else:
            kept.append(event)
    return kept


def _told_again(events: list[Told], totals: list[Draft]) -> set[int]:
    """An event placed in a region only is the one that the text places later; of several such it is the sum.

    Gives the ids of the events that are gone by it.
    """
    gone: set[int] = set()
    for number, event in enumerate(events):
        if event.aggregate or event.subtype in likeness.NO_DEATHS:
            continue
        following = events[number + 1 : number + 1 + likeness.LOOK_BACK]
        later = [e for e in following if likeness.told_again(event, e) and _placed_closer(event, e)]
        if len(later) > 1 and not _several(event) and not later[0].killed() and _next(event, later[0]):
            later = later[:1]  # "an air strike in R killed 12. Jets hit two houses in X …. Separately, …"
        if len(later) == 1 and event.killed() and later[0].killed() and _several(event):
            totals.append(event.accounts[0].draft)  # "16 died in bombings; the worst of them in X killed ten"
            gone.add(id(event))
        elif len(later) == 1:
            _join(later[0], event)
            gone.add(id(event))
        elif len(later) > 1:
            totals.append(event.accounts[0].draft)
            gone.add(id(event))
    return gone


def _empty_sums(events: list[Told]) -> set[int]:
    """Sums that count nobody, the ids of: their incidents tell all there is."""
    gone = {id(e) for e in events if e.aggregate and not any(account.counts for account in e.accounts)}
    for event in events:
        if event.parent is not None and id(event.parent) in gone:
            event.parent = None
    return gone


def _summed(events: list[Told]) -> set[int]:
    """The ids of events whose dead are those of a sum told after them: "12 died in the city", "12 in X and Y"."""
    gone: set[int] = set()
    for number, event in enumerate(events):
        dead = {c.best for c in event.killed()}
        if event.aggregate or event.parent is not None or not dead or event.subtype in likeness.NO_DEATHS:
            continue
        for later in events[number + 1 : number + 1 + likeness.LOOK_BACK]:
            same = later.aggregate and {c.best for c in later.killed()} == dead
            if same and likeness.same_kind(event.subtype, later.subtype) and likeness.overlap(event.when, later.when):
                later.spot = later.spot or event.spot
                gone.add(id(event))
                break
    return gone


def _placed_closer(event: Told, later: Told) -> bool:
    return (likeness.wide(event) and not likeness.wide(later)) or likeness.lies_in(later, event)


def _next(event: Told, later: Told) -> bool:
    """Whether the second is told right after the first, of the same party and kind."""
    same = event.side_a is not None and event.side_a == later.side_a
    return same and later.paragraph <= event.paragraph + 1 and likeness.same_kind(event.subtype, later.subtype)


def _fight_apart(event: Told) -> list[Told]:
    """A change of hands counts nobody: the fight for the place, whose dead are told, is an event beside it."""
    if event.subtype != "territory" or event.aggregate or not event.killed():
        return [event]
    deadly = [account for account in event.accounts if account.counts]
    fight = replace(
        event,
        subtype="armed_clash",
        side_b=event.side_b or event.loser,
        accounts=[Account(account.draft, account.counts) for account in deadly],
        loser=None,
        extent=None,
        parent=None,
        inferred=set(event.inferred),
    )
    event.accounts = [
        account for account in event.accounts if not account.counts or account.draft.subtype == "territory"
    ]
    for account in event.accounts:
        account.counts = ()
    return [event, fight]


def _several(event: Told) -> bool:
    """Whether the words that told of it are a plural: "in attacks", "a series of bombings"."""
    rule = event.accounts[0].draft.rule
    return any(f" noun '{word}" in rule or f"{word}'" in rule for word in _PLURALS)


_PLURALS = ("attacks", "bombings", "strikes", "clashes", "raids", "incidents", "shootings", "blasts", "explosions")


def _join(later: Told, event: Told) -> None:
    """What was told first of an event goes before what is told later of it; of two figures the first is a total."""
    sides = [{c.victims for c in one.killed()} for one in (event, later)]
    if all(sides) and {"unknown"} in sides and sides[0] != sides[1]:
        whole = event if sides[0] == {"unknown"} else later  # a figure without a party is the total of the others
        for account in whole.accounts:
            account.counts = tuple(replace(c, toll=c.harm == "killed") for c in account.counts)
    later.accounts = [*event.accounts, *later.accounts]
    later.side_a, later.side_b = later.side_a or event.side_a, later.side_b or event.side_b
    vague = later.subtype in likeness.VIOLENT_GENERIC | {"armed_clash"}
    if vague and event.subtype not in likeness.VIOLENT_GENERIC:
        later.subtype = event.subtype
