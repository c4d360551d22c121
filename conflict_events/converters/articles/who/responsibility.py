"""Who a later sentence says did it: claims of responsibility, blame and suspicion."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Mention, Tokens
from conflict_events.converters.articles.what.actions import says

_PARTIES = ("rebel_group", "political_militia", "identity_militia", "state_forces", "external_forces", "unknown")


@dataclass(frozen=True, slots=True)
class Responsibility:
    """The party, and whether the words speak of several attacks ("the attacks", "both")."""

    by: Mention
    several: bool


def find(tokens: Tokens, mentions: list[Mention]) -> Responsibility | None:
    """ "X claimed responsibility", "said it was behind the bombing", "police blamed X", "was the work of X"; else None.

    Unnamed parties ("gunmen") and a negation ("no group has claimed", "denied it was behind") give none.
    """
    lows = tokens.lows
    if says(tokens, "denials") or "no" in lows[:2] or {"nobody", "none"} & set(lows):
        return None
    named = [
        m
        for m in mentions
        if not m.actor.generic and not m.modifier and m.actor.actor_type in _PARTIES and not _country(m)
    ]
    if _new_ones(lows):
        return None
    several = any(low in ("attacks", "both", "bombings", "killings", "incidents", "blasts", "raids") for low in lows)
    for start, end in says(tokens, "claims"):
        negated = any(low in words("grammar", "negations") for low in lows[max(0, start - 4) : end])
        before = [m for m in named if m.end <= start and not m.preposition]
        if before and not negated:
            aside = any(low in words("grammar", "relatives") for low in lows[before[0].end : start])
            return Responsibility(before[0 if aside else -1], several)
    for start, end in says(tokens, "blames"):
        negated = any(low in words("grammar", "negations") for low in lows[max(0, start - 3) : start])
        after = [m for m in named if end <= m.start <= end + 6]
        if after and not negated:
            return Responsibility(after[0], several)
    return None


def _new_ones(lows: list[str]) -> bool:
    """ "Claimed responsibility for several attacks on X": attacks that were not told yet."""
    for position in range(len(lows) - 2):
        if lows[position] == "for" and lows[position + 1] in (
            "several",
            "a",
            "two",
            "three",
            "many",
            "numerous",
            "other",
        ):
            return lows[position + 1] != "a" or lows[position + 2] in ("number", "series", "string")
    return False


def _country(mention: Mention) -> bool:
    return (mention.actor.actor_id or "").startswith("government-of-")
