"""The day that a stretch of text tells which a parser takes for a date, where the rules read none in its sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conflict_events.converters.articles.model import When
from conflict_events.converters.articles.when import dates
from conflict_events.converters.articles.words.tokens import tokenise

_TO_NINE = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    *(f"{stem}teenth" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
]
_TWENTIES = ["twentieth", *(f"twenty-{one}" for one in _TO_NINE)]
_ORDINALS = [*_TO_NINE, *_TEENS, *_TWENTIES, "thirtieth", "thirty-first"]
_WRITTEN = re.compile(rf"\b(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b", re.IGNORECASE)
_WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "tues": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "thur": "Thursday",
    "thurs": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_SHORT = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b\.?", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"(?:.{0,20}\bof )?the (\d{1,2})(?:st|nd|rd|th)", re.IGNORECASE)


def find(
    text: str, spans: tuple[tuple[int, int], ...], published: date | None, anchor: date | None, today: date | None
) -> list[When]:
    """A When for each of `spans` of a sentence that tells a day: "the 14th", "Tues.", "the first of May"."""
    found = []
    for start, end in spans:
        when = _read(text[start:end], published, anchor, today)
        if when is not None:
            found.append(When(when.start, when.end, when.precision, when.basis, text[start:end], position=start))
    return found


def _read(words: str, published: date | None, anchor: date | None, today: date | None) -> When | None:
    plain = _WRITTEN.sub(lambda match: _figure(match.group()), words)
    plain = _SHORT.sub(lambda match: _WEEKDAYS[match.group(1).lower()], plain)
    whens, _ = dates.find(plain, tokenise(plain).lows, published, anchor, today)
    days = [when for when in whens if when.start is not None and not when.background]
    if len(days) == 1:
        return days[0]
    match = _DAY_OF_MONTH.fullmatch(plain.strip())
    if match is None or published is None or whens:
        return None
    day = published
    for _ in range(dates.BACKGROUND_DAYS):  # the last such day up to publication
        if day.day == int(match.group(1)):
            return When(day, day, 1, "relative")
        day -= timedelta(days=1)
    return None


def _figure(word: str) -> str:
    number = _ORDINALS.index(word.lower()) + 1
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
