"""Lines and values that date an article: what they say, and whose name stands with the date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from conflict_events.converters.articles.cleaning.boilerplate import byline
from conflict_events.converters.articles.knowledge import country_names, curated, lexicon, words
from conflict_events.converters.articles.when.calendar import MONTH, full_dates, make

_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6})?Z?")
_TIME_MARK = re.compile(r"(?<=\d)T(?=\d\d)")
_SLASHES = re.compile(r"\b((?:19|20)\d\d)[/.](\d\d)[/.](\d\d)\b")
_HYPHENS = re.compile(rf"(?<=\d)-(?={MONTH}\b)|(?<=[a-z])-(?=(?:19|20)\d\d\b)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\w.])\d{1,2}(?:[:.]\d\d){1,2}(?:\.\d+)?(?:\s?[ap]\.?m\b\.?)?|[+-]\d\d:?\d\d\b|\b\d{1,2}\s?[ap]m\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_EDGES = " ,|–—-:;()[]\t/•·"
_LONGEST = 120  # code points; a longer line is prose


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date with what the line calls it ("published", "updated", "republished" or ""), the outlet and the author."""

    day: date
    kind: str = ""
    outlet: str | None = None
    author: str | None = None


def day_of(value: str) -> date | None:
    """The day of a value that is a date: as people, ISO 8601, e-mail and feeds write it; the first that it holds."""
    compact = _COMPACT.fullmatch(value.strip())
    if compact:
        return make(*map(int, compact.groups()))
    found = full_dates(_plain(value))
    return found[0][2] if found else None


def _plain(value: str) -> str:
    """`value` in the spellings that `full_dates` knows; every code point stays where it is."""
    value = _SLASHES.sub(r"\1-\2-\3", _TIME_MARK.sub(" ", value))
    return _HYPHENS.sub(" ", value)


def read(text: str) -> list[Stamp]:
    """The stamps of a line that holds dates and little else; none where it is prose."""
    if len(text) > _LONGEST:
        return []
    plain = _plain(text)
    dates = full_dates(plain)
    if len(dates) == 1:
        return _single(plain, dates[0])
    if not 2 <= len(dates) <= 4:
        return []
    found: list[Stamp] = []
    position = 0
    for _, end, day in dates:
        kind, rest = _kind(plain[position:end])
        position = end
        if not kind or len(full_dates(rest)) != 1:
            return []
        found.append(Stamp(day, kind))
    return found if not _rest(plain[position:]) else []


def _single(text: str, dated: tuple[int, int, date]) -> list[Stamp]:
    start, end, day = dated
    before, after = text[:start].strip(_EDGES), text[end:].strip(_EDGES)
    kind, before = _kind(before) if before else ("", before)
    if not kind and after:
        kind, after = _kind(after)
    author = byline(after) or byline(before)
    rest = _rest(f"{'' if byline(before) else before} {'' if byline(after) else after}")
    if rest.endswith((".", "!", "?")) or len(rest.split()) > 5:
        return []
    name = _outlet(rest)
    if rest and name is None and not kind and not _is_place(rest):
        return []
    return [Stamp(day, kind, name, author)]


def is_bad(text: str) -> bool:
    """Whether a line says that it gives the date of publication, and gives none: "Published: 31 November 2016"."""
    return len(text) <= _LONGEST and bool(_claim().match(text)) and day_of(text) is None


@cache
def _claim() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, _labels("published")))
    return re.compile(rf"(?:{labels})(?:\s(?:on|at))?\s?:\s*(?:\S+\s*){{1,8}}$", re.IGNORECASE)


def _labels(kind: str) -> list[str]:
    return sorted(lexicon("boilerplate")["stamps"][kind], key=len, reverse=True)


def _kind(text: str) -> tuple[str, str]:
    """What the words before a date call it, and what else they say."""
    for kind in ("republished", "published", "updated"):
        pattern = rf"\b(?:{'|'.join(map(re.escape, _labels(kind)))})\b"
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            return kind, f"{text[: match.start()]} {text[match.end() :]}"
    return "", text


def _rest(text: str) -> str:
    """What is left of a line without times, weekdays and the small words of a date."""
    text = _WEEKDAY.sub(" ", _CLOCK.sub(" ", text))
    fillers = frozenset(lexicon("boilerplate")["stamps"]["fillers"])
    listed = text.split()
    while listed and listed[0].strip(_EDGES).lower() in fillers | {""} - {"the"}:
        listed.pop(0)
    while listed and listed[-1].strip(_EDGES + ".").lower() in fillers | {""}:
        listed.pop()
    return " ".join(listed).strip(_EDGES)


def _outlet(rest: str) -> str | None:
    """The outlet that a line names beside its date: a known one, or a name of two to five words that is no place."""
    if not rest:
        return None
    if rest.casefold() in outlet_names():
        return rest
    listed = rest.split()
    named = all(word[0].isupper() or word.lower() in words("boilerplate", "byline") for word in listed)
    if len(listed) < 2 or not named or not listed[-1][0].isupper() or _is_place(rest):
        return None
    return None if re.search(r"[\d,|:]", rest) else rest


def _is_place(rest: str) -> bool:
    first = rest.split(",")[0].strip()
    return ("," in rest and len(rest.split()) <= 5 and rest[0].isupper()) or first.casefold() in _places()


@cache
def _places() -> frozenset[str]:
    names = [*country_names().values(), *(str(row["name"]) for row in curated("places").values())]
    return frozenset(name.casefold() for name in names)


@cache
def outlet_names() -> dict[str, str]:
    """Every known name of an outlet, in small letters -> its id."""
    named = {str(row["name"]).casefold(): key for key, row in curated("publishers").items()}
    return named | {name.casefold(): key for key, outlet in lexicon("outlets").items() for name in outlet["names"]}
