"""Which of a sentence's places a trigger speaks of."""

from __future__ import annotations

from dataclasses import replace

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Spot, Tokens, Trigger
from conflict_events.converters.articles.where.place_words import kinds

_AT = frozenset(
    [
        "in",
        "at",
        "near",
        "around",
        "outside",
        "inside",
        "across",
        "within",
        "on",
        "over",
        "throughout",
        "along",
        "between",
        "into",
        "through",
        "hit",
        "struck",
        "rocked",
        "targeting",
        "hitting",
        "striking",
        "opposite",
        "off",
    ]
)
_OPENING = 4  # tokens ahead of the subject of a sentence: "The villages of"
_JOINING = frozenset(["and", ",", "the", "also", "as", "well", "on", "in", "at", "near", "of", "other"])
_AWAY = frozenset(["from", "to", "towards", "toward"])
_TOWARDS = frozenset(["to", "into", "towards", "toward", "entered", "reached", "from", "in", "at"])


def groups(spots: list[Spot]) -> list[tuple[Spot, ...]]:
    """Lists of places, in order; parents are left out, for they only say where the others are."""
    found: dict[int, list[Spot]] = {}
    for spot in spots:
        if spot.role != "parent":
            found.setdefault(spot.group, []).append(spot)
    return [tuple(group) for group in found.values()]


def taken(tokens: Tokens, spots: list[Spot], trigger: Trigger) -> tuple[Spot, ...]:
    """The places that change hands: the object of "recaptured", the subject of "was recaptured" or "fell to"."""
    if trigger.passive or trigger.reversed:
        left = [g for g in groups(spots) if g[-1].end <= trigger.start and g[0].preposition in ("", "of")]
        gap = tokens.lows[left[-1][-1].end : trigger.start] if left else []
        if "," in gap and gap[0] != ",":
            return ()
        if len(gap) > 14 or any(low in ("it", "who", "they", "when", "that", "he") for low in gap):
            return ()
        if not left:
            return ()
        ahead = left[-2] if len(left) > 1 and left[-2][0].start <= _OPENING else ()
        between = tokens.lows[ahead[-1].end : left[-1][0].start] if ahead else []
        return _named((*ahead, *left[-1]) if "and" in between[-5:] and len(between) <= 14 else left[-1])
    if trigger.participle:
        after = tokens.lows[trigger.end : trigger.end + 2]
        if not (
            after and after[0] in kinds() and after[1:] and after[1] in ("are", "include", "included", "is", "were")
        ):
            return ()
        right = [g for g in groups(spots) if g[0].start >= trigger.end + 2]
        return _named(right[0]) if right else ()
    right = [g for g in groups(spots) if g[0].start >= trigger.end]
    if not right or not _object(tokens, trigger.end, right[0]):
        return ()
    chosen = list(right[0])
    for group in right[1:]:  # "X town and the areas of Y as well as Z"
        gap = tokens.lows[chosen[-1].end : group[0].start]
        if len(gap) <= 5 and gap and gap[0] in (",", "and", "as") and not any(g in ("near", "in", "from") for g in gap):
            chosen.extend(group)
    return _named(tuple(chosen))


def _object(tokens: Tokens, start: int, group: tuple[Spot, ...]) -> bool:
    gap = tokens.lows[start : group[0].start]
    if len(gap) > 8 or group[0].role == "anchor":
        return False
    for position, low in enumerate(gap):
        ahead = gap[position - 1] if position else ""
        listed = ahead in words("places", "parts") or (ahead in kinds() and (not ahead.endswith("s") or len(group) > 1))
        if low == "of" and listed:
            continue
        if low == "," and gap[position - 1 : position] == ["capital"] and position + 1 == len(gap):
            continue  # "retook the capital, X"
        if low in words("grammar", "prepositions") or low in (",", ";") or low in ("killing", "weapons", "number"):
            return False
    return True


def _named(group: tuple[Spot, ...]) -> tuple[Spot, ...]:
    return tuple(spot for spot in group if spot.kind not in ("country", "wide"))


def at(tokens: Tokens, spots: list[Spot], trigger: Trigger, end: int) -> tuple[Spot, ...]:
    """Places after a trigger and before token `end` where it happened; the first list of them."""
    moving = trigger.kind in ("move", "advance")
    if trigger.passive and trigger.kind in ("hit", "means", "battle"):
        left = [g for g in groups(spots) if g[-1].end <= trigger.start]
        if left and left[-1][0].preposition in ("", "of") and trigger.start - left[-1][-1].end <= 8:
            named = _named(left[-1])
            subject = not any(
                low in (";", "who", "it", "they") for low in tokens.lows[left[-1][-1].end : trigger.start]
            )
            opening = named[:1] and named[0].start == 0 and not (named[0].kind or named[0].parent)
            person = named[:1] and not named[0].kind and tokens.lows[named[0].start - 1 : named[0].start] == [","]
            if named and subject and not opening and not person and not _modifies(tokens, left[-1][-1]):
                return named
    for group in groups(spots):
        first = group[0]
        if not trigger.end <= first.start < end or first.kind == "wide":
            continue
        allowed = _TOWARDS | _AT if moving else _AT
        if first.preposition == "of" and trigger.noun and first.start - trigger.end <= 4:
            return _extended(tokens, spots, group)  # "a sweep of the Terz valley", "the siege of X"
        direct = first.preposition in ("", *kinds()) and _direct(tokens, trigger, first)
        if first.preposition == "between" and len(group) == 2:
            settled = tuple(spot for spot in group if spot.kind in ("village", "town"))
            return settled if len(settled) == 1 else group[:1]
        if first.preposition in allowed or (direct and not trigger.noun):
            if first.kind == "country" and not first.direction and len(group) > 1:
                continue
            return _including(tokens, spots, group) or _extended(tokens, spots, group)
    for group in groups(spots):  # "hit settlements along the line, including X and Y"
        if trigger.end <= group[0].start < end and tokens.lows[group[0].start - 1] == "including":
            return _extended(tokens, spots, group)
    return ()


def _including(tokens: Tokens, spots: list[Spot], group: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """ "On points in R, including X, the village of Y and the towns of Z": the places named, which lie in R."""
    last = group[-1].end
    if tokens.lows[last : last + 2] not in ([",", "including"], [",", "namely"], [",", "notably"]):
        return ()
    inner = [g for g in groups(spots) if g[0].start >= last]
    if not inner or inner[0][0].start - last > 5:
        return ()
    chosen = list(_extended(tokens, spots, inner[0]))
    return tuple(replace(spot, parent=spot.parent or group[0].name, preposition="in") for spot in chosen)


def _extended(tokens: Tokens, spots: list[Spot], group: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """A list that goes on under another preposition: "on X and on the villages of Y and Z"."""
    chosen = list(group)
    for other in groups(spots):
        held = [s.end for s in spots if s.role == "parent" and chosen[-1].end <= s.start and s.end <= other[0].start]
        gap = tokens.lows[max([chosen[-1].end, *held]) : other[0].start]
        if other[0].start < chosen[-1].end or len(gap) > 8 or "and" not in gap[:2] or other[0].role == "anchor":
            continue
        rest = [low for low in gap if low not in _JOINING]
        if other[0].kind not in ("country", "wide") and all(
            low in kinds() or low in words("places", "parts") for low in rest
        ):
            chosen.extend(other)
    return tuple(chosen)


def _modifies(tokens: Tokens, spot: Spot) -> bool:
    """Whether a noun follows the name, so that the name only describes it: "Kirkuk residents were attacked"."""
    following = tokens.lows[spot.end : spot.end + 1]
    closed = ("prepositions", "be", "have")
    return bool(following) and following[0].isalpha() and not any(following[0] in words("grammar", k) for k in closed)


def _direct(tokens: Tokens, trigger: Trigger, spot: Spot) -> bool:
    if trigger.kind not in ("hit", "means", "move", "battle"):
        return False
    gap = tokens.lows[trigger.end : spot.start]
    return len(gap) <= 4 and not any(low in words("grammar", "prepositions") - {"of"} or low == "," for low in gap)


def before(tokens: Tokens, spots: list[Spot], trigger: Trigger) -> tuple[Spot, ...]:
    """Places ahead of the trigger that set its scene: "In Deir ez-Zor the army targeted …"."""
    found = [
        g
        for g in groups(spots)
        if g[-1].end <= trigger.start
        and g[0].role != "anchor"
        and (g[0].preposition in _AT or (g[0].preposition == "from" and trigger.kind == "abduct"))
        and g[0].kind not in ("wide", "country")
        and not spoken(tokens, g[-1], trigger.start)
    ]
    return found[-1] if found else ()


def spoken(tokens: Tokens, spot: Spot, end: int) -> bool:
    """Whether someone only speaks there: "In Paris, a spokesman said troops had killed …"."""
    for position in range(spot.end, end):
        if tokens.lows[position] in words("attribution", "verbs"):
            following = tokens.lows[position + 1 : position + 2]
            return following not in ([","], []) and tokens.lows[position - 1 : position] != ["was"]
    return False


def anywhere(spots: list[Spot]) -> tuple[Spot, ...]:
    """A named place of the sentence after a locative preposition, anchors and parents included; countries last."""
    near = [
        s
        for s in spots
        if s.kind not in ("country", "wide")
        and (
            s.preposition in _AT
            or s.role == "parent"
            or (s.kind in ("city", "town", "village") and s.preposition not in _AWAY)
        )
    ]
    if near:
        return (near[0],)
    wide = [s for s in spots if s.kind == "country" and s.preposition in _AT]
    return (wide[0],) if len(wide) == 1 else ()
