"""What the words around a place name say: kind, direction, distance."""

from __future__ import annotations

from functools import cache

from conflict_events.converters.articles.knowledge import adjectives, lexicon, words
from conflict_events.converters.articles.model import Tokens
from conflict_events.converters.articles.words.numbers import number_at

_KILOMETRES = {"km": 1.0, "kilometers": 1.0, "kilometres": 1.0, "kilometer": 1.0, "miles": 1.609344, "mile": 1.609344}


SKIP_LEFT = frozenset(
    [
        "the",
        "a",
        "'s",
        "its",
        "their",
        "his",
        "city's",
        "government-held",
        "rebel-held",
        "isis-held",
        "isil-held",
        "nearby",
        "capital",
        "same",
    ]
)


@cache
def kinds() -> dict[str, str]:
    """Word -> kind of place."""
    return {word: kind for kind, listed in lexicon("places")["kinds"].items() for word in listed}


def kind_word(tokens: Tokens, index: int) -> bool:
    """Whether a word for a settlement stands at `index`."""
    return index < len(tokens.lows) and kinds().get(tokens.lows[index]) in ("town", "city", "village", "site")


PART = "part"


@cache
def _countries() -> frozenset[str]:
    """The last words of the names of countries, in lower case."""
    return frozenset(name.lower().split()[-1] for names in lexicon("countries")["countries"].values() for name in names)


def leftwards(lows: list[str], position: int, start: int) -> tuple[str, str, float | None, int]:
    """Over "the government-held city of" and "90 km east of": kind, direction, kilometres, the token ahead."""
    kind = ""
    while position >= 0:
        low = lows[position]
        before = lows[position - 1] if position else ""
        inner = position > 1 and lows[position - 2] in ("the", "far", "extreme")
        if low == "of" and before in words("places", "compass") and not inner:
            direction, distance, position = _distance(lows, position - 1)
            return kind, direction, distance, position
        if low == "of" and before in kinds():
            kind = kind or kinds()[before]
            position -= 2
        elif low == "of" and before in words("places", "parts"):
            kind = kind or PART
            position -= 2
        elif low in kinds():
            if position + 1 == start:
                kind = kind or kinds()[low]
            position -= 1
        elif low == "'s" and position and lows[position - 1] in _countries():
            position -= 2  # "in Yemen's western province of"
        elif low in SKIP_LEFT or left_adjective(low):
            position -= 1
        elif kind and (ahead := _determined(lows, position)) is not None:
            position = ahead  # "in the neighbouring state of X"
        else:
            break
    return kind, "", None, position


def _determined(lows: list[str], position: int) -> int | None:
    """Over up to three describing words to the article before them: the token ahead of it; None where none stands."""
    for back in range(1, 4):
        at = position - back
        if at < 0 or not lows[at + 1].replace("-", "").isalpha() or lows[at + 1] in words("grammar", "prepositions"):
            return None
        if lows[at] in ("the", "a", "an"):
            return at - 1 if at and lows[at - 1] in words("grammar", "locatives") else None
    return None


def left_adjective(low: str) -> bool:
    return (
        low in adjectives()
        or low in words("places", "directions")
        or low.endswith(("-held", "-controlled", "-majority", "-besieged"))
        or low
        in (
            "strategic",
            "key",
            "port",
            "border",
            "besieged",
            "contested",
            "small",
            "remote",
            "ancient",
            "main",
            "old",
            "sea",
            "red",
        )
    )


def _distance(lows: list[str], position: int) -> tuple[str, float | None, int]:
    """ "90 km east" ending at `position` -> the direction, the kilometres, and the token before it all."""
    direction = lows[position]
    for back in (1, 2):
        at = position - back
        if at < 0:
            break
        low = lows[at]
        glued = low.rstrip("kmiles")
        if low != glued and glued.replace(".", "", 1).isdigit() and low[len(glued) :] in _KILOMETRES:
            return direction, float(glued) * _KILOMETRES[low[len(glued) :]], _before(lows, at - 1)
        if low in _KILOMETRES and at > 0 and (number := number_at(lows, at - 1)) is not None:
            return direction, number[0] * _KILOMETRES[low], _before(lows, at - 2)
    return direction, None, position - 1


def _before(lows: list[str], position: int) -> int:
    while position >= 0 and lows[position] in ("about", "some", "around", "approximately", "nearly", "roughly"):
        position -= 1
    return position
