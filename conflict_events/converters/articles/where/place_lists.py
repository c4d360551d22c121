"""How the places of a sentence hang together: lists, parents and anchors."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Spot, Tokens
from conflict_events.converters.articles.where.place_words import (
    SKIP_LEFT,
    kinds,
    left_adjective,
)
from conflict_events.converters.articles.where.regions import countries_of

LIST = frozenset({",", "and", "&", "the", "as", "well", "or", "both", "in", "also"})


def related(tokens: Tokens, spots: list[Spot]) -> list[Spot]:
    """Lists share a group and a preposition; "in X, Y province" and "X in Y" make Y the parent of X."""
    done: list[Spot] = []
    group = 0
    for spot in spots:
        previous = done[-1] if done else None
        if previous is None:
            done.append(_with(spot, group=group))
            continue
        gap = _without_asides(tokens.lows[previous.end : spot.start])
        inner = gap == ["'s"] and previous.kind not in _WIDER and previous.preposition
        if inner or (gap[:1] == ["'s"] and len(gap) <= 3 and spot.kind in _HELD):  # "Mogadishu's Wardhigley district"
            done[-1] = _with(previous, role="parent")
            group += 1
            held = spot.preposition if spot.preposition in words("grammar", "locatives") else previous.preposition
            done.append(_with(spot, group=group, preposition=held, parent=previous.name))
            continue
        if gap[:1] == [","] and spot.direction and spot.preposition == "near" and previous.preposition:
            group += 1  # "in X, 90 km east of Y": Y only says where X is
            done.append(_with(spot, role="anchor", group=group))
            continue
        if _parent(tokens, previous, spot, gap) and not _heads_list(tokens, previous, gap):
            for number in range(len(done) - 1, -1, -1):
                if done[number].group != previous.group:
                    break
                done[number] = _with(done[number], parent=done[number].parent or spot.name)
            group += 1
            done.append(_with(spot, role="parent", group=group))
        elif _goes_on(gap):
            shared = spot.preposition or previous.preposition
            if previous.role == "parent" and "and" in gap:
                child = next((s for s in reversed(done) if s.role != "parent"), None)
                if child is not None:  # "in X in R and in Y in Q": the list goes on
                    done.append(_with(spot, group=child.group, preposition=child.preposition, role="place"))
                    continue
            done.append(_with(spot, group=group, preposition=shared, kind=spot.kind, role=previous.role))
            if spot.kind in ("district", "village", "town", "area") and tokens.lows[spot.end - 1].endswith("s"):
                done = [_with(s, kind=s.kind or spot.kind) if s.group == group else s for s in done]
        else:
            group += 1
            anchor = spot.start > 1 and _generic_before(tokens, spot)
            done.append(_with(spot, group=group, role="anchor" if anchor else "place"))
    return done


def _goes_on(gap: list[str]) -> bool:
    """Whether the words between two names only join them: ",", "and", "and the village of"."""
    if not gap or not ("," in gap or "and" in gap):
        return False
    if "and" in gap and len(gap) <= 3:
        return True
    return all(
        low in LIST or low in kinds() or low in SKIP_LEFT or (low == "of" and gap[k - 1] in kinds())
        for k, low in enumerate(gap)
    )


def _without_asides(gap: list[str]) -> list[str]:
    """The words between two names without a word or two in parentheses: "X (graveyards) and in Y"."""
    if len(gap) > 3 and gap[0] == "(" and ")" in gap[:4]:
        return gap[gap.index(")") + 1 :]
    return gap


def _heads_list(tokens: Tokens, previous: Spot, gap: list[str]) -> bool:
    """ "the villages of X, Y and Z": a plural kind says that the sign begins a list and no wider place."""
    ahead = tokens.lows[max(0, previous.start - 2) : previous.start]
    return gap == [","] and len(ahead) == 2 and ahead[1] == "of" and ahead[0] in kinds() and ahead[0].endswith("s")


_HELD = ("district", "area", "site", "village", "town", "admin2")
_WIDER = ("country", "admin1", "admin2")
_SOFT = frozenset({"also", "just", "still", "all", "both", "again", "located", "situated", "itself"})


def _parent(tokens: Tokens, previous: Spot, spot: Spot, gap: list[str]) -> bool:
    """Whether `spot` says in what `previous` lies: "X in Y", "X, in Y district", "X, Y province", "X (Y)"."""
    if previous.kind == "country" or not gap or len(gap) > 9:
        return False
    if gap[0] in ("in", "of", "(", "at") and all(low not in (",", "and") for low in gap):
        return all(_describing(low) for low in gap[1:])
    if gap[0] != "," or "and" in gap:
        return False
    if previous.kind not in _WIDER and tokens.lows[spot.start - 1] in words("places", "ward_words"):
        return True  # "Sitio X, Barangay Y"
    rest = [low for low in gap[1:] if low not in _SOFT]
    rest = rest[_kind_ahead(rest) :]
    if (
        rest
        and rest[0] == "in"
        and previous.preposition == "in"
        and tokens.lows[spot.end : spot.end + 2] == ["and", "in"]
    ):
        return False  # "in X, in Y and in Z"
    if rest and rest[0] in ("in", "of") and "," not in rest:
        return all(_describing(low) for low in rest[1:])
    if len(gap) > 4 or not all(_describing(low) for low in rest):
        return False
    if previous.kind in ("village", "district", "site") and spot.kind in ("town", "city"):
        return True
    if spot.kind in _WIDER or (spot.kind in ("area", "city") and bool(previous.kind)):
        return True
    if previous.kind in ("district", "village", "site") and not spot.kind:
        return True
    return not _continues(tokens, spot) and bool(countries_of(spot.name)) and previous.kind not in _WIDER


def _kind_ahead(rest: list[str]) -> int:
    """How many words of ", a village in" and ", a small town of" describe the place before; "the village of" none.

    "X, the village of Y" is a list; "X, a village of Y" says where X is.
    """
    after = next((k for k, low in enumerate(rest) if low in ("in", "of")), 0)
    leads = (
        0 < after < 5 and rest[after - 1] in kinds() and all(_describing(low) or low == "an" for low in rest[:after])
    )
    return after if leads and (rest[after] == "in" or rest[0] in ("a", "an")) else 0


def _describing(low: str) -> bool:
    return low in SKIP_LEFT or low in kinds() or left_adjective(low) or low in ("in", "of", "'s", "far")


def _continues(tokens: Tokens, spot: Spot) -> bool:
    """Whether a list goes on after the name: ", Idlib and Homs"."""
    following = tokens.words[spot.end : spot.end + 2]
    return (
        len(following) == 2
        and following[0] in ("and", ",", "or")
        and following[1][:1].isupper()
        and (following[0] != "," or "and" in tokens.lows[spot.end + 1 : spot.end + 8])
    )


def _generic_before(tokens: Tokens, spot: Spot) -> bool:
    """ "other villages near the town of X": X only says where the unnamed ones are."""
    position = spot.start - 1
    while position > 0 and tokens.lows[position] not in words("grammar", "locatives"):
        position -= 1
    while position > 0 and (
        tokens.lows[position - 1] in words("grammar", "locatives")
        or tokens.lows[position - 1] in words("places", "parts")
        or tokens.lows[position - 1] in ("the", "area", "town")
    ):
        position -= 1
    before = tokens.lows[position - 1] if position > 0 else ""
    if tokens.lows[position] == "of" and tokens.lows[position - 2 : position - 1] == ["the"]:
        return False  # "in the villages of X and Y"
    return (
        before in kinds()
        and before.endswith("s")
        and spot.preposition in ("near", "in", "around", "of", "outside", "from")
    )


def _with(
    spot: Spot,
    *,
    group: int | None = None,
    role: str | None = None,
    kind: str | None = None,
    preposition: str | None = None,
    parent: str | None = None,
) -> Spot:
    """A copy with some fields changed; written out because dataclasses.replace is slow and this is a hot path."""
    return Spot(
        spot.start,
        spot.end,
        spot.name,
        spot.kind if kind is None else kind,
        spot.preposition if preposition is None else preposition,
        spot.country,
        spot.direction,
        spot.distance_km,
        spot.role if role is None else role,
        spot.parent if parent is None else parent,
        spot.group if group is None else group,
    )
