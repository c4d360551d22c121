"""People as words name them, and what befell them: what the counts of a sentence are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from conflict_events.converters.articles.knowledge import lexicon
from conflict_events.converters.articles.model import Actor


@cache
def people() -> dict[str, str]:
    return {word: group for group, listed in lexicon("casualties")["people"].items() for word in listed}


@cache
def harms_of() -> dict[str, str]:
    return {word: harm for harm, listed in lexicon("casualties")["harm"].items() for word in listed if " " not in word}


CIVILIANS = Actor(None, "Civilians", "civilians", None, True)


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase of people: how many, who, and where it stands.

    `single` where no number counts it ("a guard"); `definite` where it was spoken of before ("he", "the mayor").
    """

    low: int
    high: int
    kind: str
    actor: Actor | None
    begin: int
    start: int
    after: int
    end: int
    single: bool = False
    definite: bool = False


def _among(lows: list[str], index: int) -> bool:
    """ "…, two women and a child among them": part of those counted before."""
    for position in range(index + 1, min(index + 8, len(lows) - 1)):
        if lows[position] == "among" and lows[position + 1] in ("them", "whom"):
            return True
        if lows[position] in (".", ";", "who", "were", "was", "when") or lows[position] in harms_of():
            return False
    return False


def excluded(lows: list[str], index: int) -> bool:
    """ "No one" is no figure, and "including 5 children" is part of one that is counted already."""
    if index and lows[index - 1] in (",", "and") and _among(lows, index):
        return True
    ahead = lows[index - 1] if index else ""
    near = lows[max(0, index - 4) : index]
    if (
        {"left", "killed"} & set(near)
        and {"which", "that"} & set(lows[max(0, index - 7) : index])
        and "year" in lows[index:]
    ):
        return True  # "…, which left 200 dead last year"
    unit = lows[index + 1 : index + 2]
    if (
        unit
        and lows[index][0].isdigit()
        and unit[0] in ("division", "brigade", "battalion", "regiment", "corps", "rifles", "squadron", "army")
    ):
        return True
    if lows[index] == "one" and ahead in (
        "this",
        "that",
        "last",
        "latest",
        "another",
        "similar",
        "first",
        "second",
        "which",
    ):
        return True
    if ahead in ("force", "no", "from", "nearest", "class", "highway", "route", "article", "resolution") or any(
        low in ("including", "among", "initial", "include") for low in near
    ):
        return True
    return ahead in ("them", "victims") or (ahead == "," and index > 1 and lows[index - 2] == "them")
