"""The days a sentence speaks of, and how honestly they are known.

Nothing is filled in from the clock: without a date of publication a weekday has no date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from conflict_events.converters.articles.model import When
from conflict_events.converters.articles.when.calendar import MONTHS, full_dates, impossible_dates, precision
from conflict_events.converters.articles.when.date_rules import DAYS, FROM_TODAY, RULES

_FIGURES = re.compile(r"\d{4}|\d[./-]\d")
_WORDS_OF_TIME = (
    frozenset(
        [
            "today",
            "tonight",
            "night",
            "morning",
            "afternoon",
            "evening",
            "yesterday",
            "overnight",
            "moment",
            "since",
            "decades",
            "week",
            "weekend",
            "month",
            "year",
            "recently",
            "recent",
            "lately",
            "ago",
            "days",
            "weeks",
            "months",
            "years",
            "hours",
            "day",
            "hour",
            "later",
            "earlier",
            "overnight",
            "daybreak",
            "dawn",
            "dusk",
            "nightfall",
            "noon",
            "midday",
            "nights",
            "period",
        ]
    )
    | frozenset(DAYS)
    | frozenset(MONTHS)
)
_SAME_DAY = re.compile(
    r"\b(?:the same (?:day|evening|night)|that day|in the (?:morning|evening)|(?:later|earlier) in the day)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|before)\s$", re.IGNORECASE)
BACKGROUND_DAYS = 31  # a coded event lies at most about a month before the report


def find(
    text: str, lows: list[str], published: date | None, anchor: date | None, today: date | None = None
) -> tuple[list[When], bool]:
    """Every expression of time in a sentence, by position, and whether one means "the day just spoken of".

    `published` dates everything relative; `anchor` is a full date in an undated text, good for weekdays only; `today`
    is the day of writing where a dateline gives it: "today" and "last night" count from it.
    """
    if _WORDS_OF_TIME.isdisjoint(lows) and not _FIGURES.search(text):
        return [], False
    found: list[When] = []
    taken: list[tuple[int, int]] = []

    def add(match_start: int, match_end: int, when: When) -> None:
        if any(start < match_end and match_start < end for start, end in taken):
            return
        taken.append((match_start, match_end))
        since = _SINCE.search(text, max(0, match_start - 8), match_start)
        found.append(_placed(when, text, match_start, match_end, since is not None, published))

    for start, end, day in full_dates(text):
        add(start, end, When(day, day, 1, "stated"))
    for start, end in impossible_dates(text):
        add(start, end, When())
    folded = text.lower()
    for letters, pattern, resolve in RULES:
        if any(piece in folded for piece in letters):
            for match in pattern.finditer(text):
                base = (today or published) if resolve in FROM_TODAY else published
                add(match.start(), match.end(), resolve(match, base, anchor))
    return _joined(text, sorted(found, key=lambda when: when.position)), bool(_SAME_DAY.search(text))


def _joined(text: str, found: list[When]) -> list[When]:
    """ "On Friday and Saturday" is one span of days."""
    done: list[When] = []
    for when in found:
        last = done[-1] if done else None
        if last is not None and last.start and last.end and when.start and when.end and last.words and when.words:
            between = text[last.position + len(last.words) : when.position].strip()
            near = 0 < (when.end - last.start).days <= 6 and when.precision == 1
            if near and between == "and" and not (when.background or last.background):
                words = text[last.position : when.position + len(when.words)]
                done[-1] = When(
                    last.start,
                    when.end,
                    precision(last.start, when.end),
                    last.basis,
                    words,
                    False,
                    False,
                    last.position,
                )
                continue
        done.append(when)
    return done


def _placed(when: When, text: str, start: int, end: int, since: bool, published: date | None) -> When:
    background = when.background
    if when.end and published and (published - when.end).days > BACKGROUND_DAYS:
        background = True
    lasting = (
        since and when.start and when.precision == 1 and published and text[:start].rstrip().lower().endswith("since")
    )
    if lasting and when.start and published and 0 <= (published - when.start).days <= BACKGROUND_DAYS:
        span = precision(when.start, published)
        return When(when.start, published, span, when.basis, text[start:end].strip(), True, False, start)
    if when.start and published and when.start > published:
        return When(words=text[start:end].strip(), position=start, background=True)  # the future is no event
    return replace(
        when, words=text[start:end].strip(), continuous=since, background=background or since, position=start
    )
