"""Whether two accounts speak of one event: kinds, places, days and sides that agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.model import Actor, Count, Draft, Spot, When
from conflict_events.converters.articles.telling.told import Told
from conflict_events.converters.articles.what.merging import BY_HAND
from conflict_events.converters.articles.where.geocode import bare
from conflict_events.converters.articles.where.regions import only_region

VIOLENT_GENERIC = frozenset({"kill", "wound", "hit", "advance"})
_WAR = 1000  # dead
LOOK_BACK = 50  # events of one place that a new sentence is compared with, so that long files stay linear
_EXPLOSIVE = frozenset(
    {"remote_explosive_landmine_ied", "suicide_bomb", "air_drone_strike", "shelling_artillery_missile"}
)
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
APART = frozenset({"looting_property_destruction", "abduction_forced_disappearance", "other"})
NO_DEATHS = frozenset({"statement", "agreement", "troop_movement", "arrests"})


def shifted(before: When | None, when: When) -> When | None:
    """The day that lies `shift` days from the one spoken of before; None where that is not known."""
    if before is None or before.start is None or before.end is None or when.shift is None:
        return None
    if before.basis == "default_window" and when.shift and (before.precision or 9) > 2:
        return None
    move = timedelta(days=when.shift)
    start, end = before.start + move, before.end + move
    return replace(when, start=start, end=end, precision=before.precision, basis="relative", shift=None)


def lies_in(event: Told, other: Told) -> bool:
    """Whether one event's place is said to lie in the other's: X in R, and R."""
    if event.spot is None or other.spot is None or not event.spot.parent or other.spot.kind in ("village", "site"):
        return False
    return fold(event.spot.parent.removesuffix(" district").removesuffix(" province")) == fold(bare(other.spot))


def wide(event: Told) -> bool:
    """Whether only a part of a country, or a region, says where."""
    spot = event.spot
    if spot is None:
        return True
    directed = bool(spot.direction) and spot.distance_km is None and spot.kind in ("", "area")
    return spot.kind in ("country", "admin1") or directed or (spot.kind in ("", "area") and only_region(bare(spot)))


def key(spot: Spot | None) -> str:
    if spot is None:
        return ""
    return f"{spot.direction} {fold(bare(spot))}" if spot.direction and spot.distance_km is None else fold(bare(spot))


def same_kind(first: str, second: str) -> bool:
    if first == second:
        return True
    pair = {first, second}
    if pair & VIOLENT_GENERIC:
        return not pair & ({"territory"} | NO_DEATHS | APART)
    return False


def overlap(first: When, second: When) -> bool:
    if first.start is None or second.start is None or first.end is None or second.end is None:
        if first.start is None and second.start is None:
            days = [_WEEKDAYS.intersection(when.words.lower().split()) for when in (first, second) if when.words]
            return len(days) < 2 or not all(days) or days[0] == days[1]  # without a year, weekdays still differ
        return first.words is None or second.words is None
    return first.start <= second.end and second.start <= first.end


def apart(event: Told, draft: Draft) -> bool:
    """Whether the means rule each other out: gunned down, and blown up."""
    by_hand = draft.trigger.lower().startswith(BY_HAND)
    if by_hand and event.subtype in _EXPLOSIVE and not draft.refers_back:
        return True
    shot = event.accounts[0].draft.trigger.lower().startswith(BY_HAND)
    return shot and draft.subtype in _EXPLOSIVE and event.subtype in VIOLENT_GENERIC


def compatible(event: Told, draft: Draft) -> bool:
    if event.subtype in NO_DEATHS:
        return False
    if apart(event, draft):
        return False
    means = {event.subtype, draft.subtype} - VIOLENT_GENERIC - {"territory", "armed_clash", "attack"}
    if len(means) > 1:
        return False
    named = [a for a in (draft.side_a, draft.side_b) if a is not None and not a.generic]
    mine = [a for a in (event.side_a, event.side_b, event.loser) if a is not None]
    if not named or not mine or any(a in mine for a in named):
        return True
    return draft.follows and len(named) == 1 and event.side_b is None and draft.side_a is None


def of_a_war(draft: Draft) -> bool:
    """Whether the dead are too many for one event: "at least 40,000 people have been killed"."""
    return any(count.harm == "killed" and (count.best or count.high or 0) >= _WAR for count in draft.counts)


def repeats(event: Told, count: Count, draft: Draft) -> bool:
    """Whether a toll repeats, or is part of, what the event already counts; another claimant's is a rival."""
    told = event.accounts[:LOOK_BACK]
    same = [c for a in told for c in a.counts if c.harm == count.harm and (count.definite or not c.definite)]
    if not same or count.additional:
        return False
    if count.definite:
        return True
    if any((c.low, c.best, c.high) == (count.low, count.best, count.high) and not _others(c, count) for c in same):
        return True
    if all(_others(c, count) for c in same):
        return False  # "an officer was killed … two assailants were also shot"
    told_by = {account.draft.claim.by for account in told if account.counts}
    return draft.claim.by is None or draft.claim.by in told_by


def _others(first: Count, second: Count) -> bool:
    """Whether two counts are of people of different parties."""
    if "unknown" in (first.victims, second.victims):
        return False
    if first.victims != second.victims:
        return True
    return first.victims == "armed" and None not in (first.actor, second.actor) and first.actor != second.actor


def _vaguer(later: When, first: When) -> bool:
    """Whether a later sentence's own words of time are far wider than the first's: "earlier this month"."""
    return bool(later.words) and (later.precision or 0) > (first.precision or 9) + 1


def told_again(event: Told, later: Told) -> bool:
    if later.aggregate or later.parent is not None or later.paragraph > event.paragraph + 4:
        return False
    if later.accounts[0].draft.another:
        return False
    if not overlap(event.when, later.when) or _vaguer(later.when, event.when):
        return False
    kinds = {event.subtype, later.subtype}
    if len(kinds - VIOLENT_GENERIC) > 1 or kinds & (NO_DEATHS | {"territory"}) or later.when.continuous:
        return False
    pairs = ((event.side_a, later.side_a), (event.side_b, later.side_b))
    return all(a is None or b is None or a == b or a.generic or b.generic for a, b in pairs)


def is_sum(event: Told, placed: set[tuple[str, Actor | None]]) -> bool:
    if event.subtype in ("statement", "agreement") or event.aggregate:
        return False
    vague = event.spot is None or event.spot.kind in ("country", "wide", "admin1")
    if vague and (event.when.precision or 0) >= 4 and event.when.words and event.subtype not in NO_DEATHS:
        return True
    if event.spot is not None and not (event.spot.kind == "country" and not event.spot.direction):
        return False
    return any(same_kind(kind, event.subtype) and event.side_a in (side_a, None) for kind, side_a in placed)
