"""From what was told to the vocabulary of events: subtype, sides, deaths, and what of it a rule derived."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.converters.articles.knowledge import actor_type, coalition, lexicon, state_actor
from conflict_events.converters.articles.model import Actor, Count
from conflict_events.converters.articles.telling.told import Told

_TYPES = {
    "armed_clash": "battles",
    "government_regains_territory": "battles",
    "non_state_actor_overtakes_territory": "battles",
    "chemical_weapon": "explosions_remote_violence",
    "air_drone_strike": "explosions_remote_violence",
    "suicide_bomb": "explosions_remote_violence",
    "shelling_artillery_missile": "explosions_remote_violence",
    "remote_explosive_landmine_ied": "explosions_remote_violence",
    "grenade": "explosions_remote_violence",
    "sexual_violence": "violence_against_civilians",
    "attack": "violence_against_civilians",
    "abduction_forced_disappearance": "violence_against_civilians",
    "peaceful_protest": "protests",
    "violent_demonstration": "riots",
    "agreement": "strategic_developments",
    "arrests": "strategic_developments",
    "looting_property_destruction": "strategic_developments",
    "troop_movement": "strategic_developments",
    "statement": "strategic_developments",
    "other": "strategic_developments",
}
_ORGANISED = frozenset({"rebel_group", "political_militia", "identity_militia", "unknown"})
_STATE = frozenset({"state_forces", "external_forces"})


@dataclass(frozen=True, slots=True)
class Side:
    """One side as it goes into a row."""

    actor: Actor
    kind: str


def side(actor: Actor | None, event: Told, country: str | None) -> Side | None:
    """The side with its type on the event's day; unnamed government forces become those of the country."""
    if actor is None:
        return None
    if actor.generic and actor.name == "Coalition":
        actor = coalition(country) or actor
    if actor.state:
        home = actor.country or country
        if home is not None and actor.country is None and not actor.body:
            home = lexicon("countries")["armies"].get(home, home)
        actor = state_actor(home, actor.body) if home else Actor(None, actor.name, "state_forces")
    return Side(actor, actor_type(actor, event.when.end or event.when.start, country))


def opponent(actor: Actor | None, side_a: Side | None, event: Told, country: str | None) -> Side | None:
    """The other side; None where it turns out to be the first one by another name."""
    found = side(actor, event, country)
    return None if found is not None and side_a is not None and found.actor.name == side_a.actor.name else found


def same_party(speaker: Actor, one: Side) -> bool:
    """Whether the speaker belongs to the side: the same actor, or forces of the same state."""
    if speaker.actor_id is not None and speaker.actor_id == one.actor.actor_id:
        return True
    if one.kind == "state_forces" and speaker.state and speaker.country is None:
        return True
    both = speaker.actor_type in _STATE and one.actor.actor_type in _STATE
    return (both and speaker.country is not None and speaker.country == one.actor.country) or (
        speaker.actor_id is None and not speaker.state and speaker.name == one.actor.name
    )


def subtype(event: Told, side_a: Side | None, side_b: Side | None) -> tuple[str, str | None]:
    """(event_type, event_subtype) of what was told."""
    name: str | None = event.subtype
    civilians = side_b is not None and side_b.kind in ("civilians", "protesters")
    if name == "territory":
        if side_a is None:
            return "battles", None
        taker_is_state = side_a.kind == "state_forces"
        name = "government_regains_territory" if taker_is_state else "non_state_actor_overtakes_territory"
    elif name == "advance":
        name = "armed_clash" if side_b is not None else "troop_movement"
    elif name in ("kill", "wound", "hit"):
        name = "attack" if civilians or _only_civilians(event) else "armed_clash"
    elif name == "armed_clash" and civilians and not event.aggregate:
        name = "attack"
    assert name is not None
    return _TYPES[name], name


def _only_civilians(event: Told) -> bool:
    harmed = [c for account in event.accounts for c in account.counts if c.harm in ("killed", "wounded")]
    return bool(harmed) and event.side_b is None and all(c.victims in ("civilians", "unknown") for c in harmed)


def violence_type(kind: str, side_a: Side | None, side_b: Side | None) -> int | None:
    """UCDP's type where both sides are clear: 1 state-based, 2 non-state, 3 one-sided; else None."""
    if kind not in ("battles", "explosions_remote_violence", "violence_against_civilians"):
        return None
    if side_a is None or side_b is None:
        return None
    kinds = (side_a.kind, side_b.kind)
    if side_b.kind == "civilians":
        organised = side_a.kind in _STATE | _ORGANISED and not side_a.actor.generic
        return 3 if kind == "violence_against_civilians" and organised else None
    if any(k in _STATE for k in kinds) and any(k in _ORGANISED for k in kinds):
        return 1
    if all(k in _ORGANISED and k != "unknown" for k in kinds):
        return 2
    return None


def party(count: Count, side_a: Side | None, side_b: Side | None) -> str:
    """Which column a count of people belongs to: a, b, civilians or unknown."""
    if count.victims == "civilians":
        return "civilians"
    if count.victims == "unknown":
        return "unknown"
    if count.actor is not None:
        for letter, one in (("a", side_a), ("b", side_b)):
            if one is not None and _same(count.actor, one.actor):
                return letter
    return "unknown"


def _same(victim: Actor, actor: Actor) -> bool:
    if victim.actor_id is not None and victim.actor_id == actor.actor_id:
        return True
    if victim.state and actor.actor_type in _STATE:
        return True
    return victim.name == actor.name


@dataclass(frozen=True, slots=True)
class Deaths:
    """The deaths columns of an event; None where no figure is given."""

    by_party: dict[str, int]
    low: int | None = None
    best: int | None = None
    high: int | None = None


def deaths(event: Told, side_a: Side | None, side_b: Side | None) -> Deaths:
    """Counts of one account add up; rival counts of the same people give low, best (the first) and high."""
    if event.parent is not None and event.parent.killed():
        return Deaths({})
    if event.subtype in ("arrests", "abduction_forced_disappearance", "statement", "agreement", "troop_movement"):
        return Deaths({})
    if any(account.draft.no_casualties for account in event.accounts) and not event.killed():
        return Deaths({}, 0, 0, 0)
    rivals: dict[str, list[list[Count]]] = {}
    tolls: list[Count] = []
    known = any(c.harm == "killed" and not c.definite for account in event.accounts for c in account.counts)
    for account in event.accounts:
        told: dict[str, list[Count]] = {}
        for count in account.counts:
            if count.definite and known:
                continue
            if count.harm == "killed" and count.toll:
                tolls.append(count)
            elif count.harm == "killed":
                told.setdefault(party(count, side_a, side_b), []).append(count)
        for name, listed in told.items():
            additional = [c for c in listed if c.additional]
            if additional and len(additional) == len(listed) and rivals.get(name):
                rivals[name][0].extend(listed)
            elif additional and len(additional) == len(listed) and rivals:
                next(iter(rivals.values()))[0].extend(listed)
            else:
                rivals.setdefault(name, []).append(listed)
    if not rivals and tolls:
        first, *others = tolls
        figures = [c.best or 0 for c in others]
        high = None if first.high is None else max([first.high, *figures])
        return Deaths({}, min([first.low or 0, *figures]), first.best, high)
    if not rivals:
        return Deaths({})
    lows = [_sum([c.low for c in min(sets, key=_best)]) for sets in rivals.values()]
    bests = [_sum([c.best for c in sets[0]]) for sets in rivals.values()]
    highs = [_sum([c.high for c in max(sets, key=_best)]) for sets in rivals.values()]
    low, best, high = _sum(lows), _sum(bests), _sum(highs)
    if _disputed(event):
        best = None
    if tolls and best is not None:  # a total in another figure is a rival of the sum
        figures = [c.best or 0 for c in tolls]
        low = min([low if low is not None else best, *figures])
        high = max([high, *figures]) if high is not None else None
    by_party = (
        {name: value for name, value in zip(rivals, bests, strict=True) if value is not None}
        if best is not None
        else {}
    )
    return Deaths(by_party, low, best, high)


def _disputed(event: Told) -> bool:
    """Whether only claimants give figures, and different ones; not where the opening of the report gives one."""
    told = [account for account in event.accounts if any(c.harm == "killed" and not c.definite for c in account.counts)]
    if not told or told[0].draft.sentence <= _OPENING:
        return False
    figures = {_best([c for c in account.counts if c.harm == "killed"]) for account in told}
    claimants = {account.draft.claim.by for account in told}
    return None not in claimants and len(claimants) > 1 and len(figures) > 1


_OPENING = 1


def _best(listed: list[Count]) -> int:
    return sum(c.best or c.low or c.high or 0 for c in listed)


def _sum(values: list[int | None]) -> int | None:
    """The sum, or None where a part is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
