"""Full dates in text, and UCDP's precision of a span of days."""

from __future__ import annotations

import re
from datetime import date

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
MONTH = (
    r"(?:jan(?:uary|\b\.?)|feb(?:ruary|\b\.?)|mar(?:ch|\b\.?)|apr(?:il|\b\.?)|may|june?\b\.?|july?\b\.?|aug(?:ust|\b\.?)"
    r"|sep(?:t(?:ember|\b\.?)|\b\.?)|oct(?:ober|\b\.?)|nov(?:ember|\b\.?)|dec(?:ember|\b\.?))"
)
_FULL = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{MONTH}),?\s(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<m2>{MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)"
    r"|(?P<d4>\d{1,2})[./-](?P<m4>\d{1,2})[./-](?P<y4>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def month_number(word: str) -> int | None:
    """1 to 12 for a month's name or its abbreviation."""
    low = word.lower().rstrip(".")
    return MONTHS.get(low)


def full_dates(text: str) -> list[tuple[int, int, date]]:
    """Dates with day, month and year, and where they stand; impossible ones and day/month puzzles are left out."""
    if not _YEAR.search(text):
        return []
    found: list[tuple[int, int, date]] = []
    for match in _FULL.finditer(text):
        number = match.lastgroup[-1] if match.lastgroup else "1"
        year, day = int(match[f"y{number}"]), int(match[f"d{number}"])
        word = match[f"m{number}"]
        month = int(word) if word.isdigit() else month_number(word)
        if number == "4" and month is not None and month > 12:
            month, day = day, month
        elif number == "4" and month is not None and day <= 12 and day != month and "/" in match.group():
            continue  # 03/04/2017 is April in one half of the world and March in the other
        day_found = make(year, month, day)
        if day_found is not None:
            found.append((match.start(), match.end(), day_found))
    return found


def impossible_dates(text: str) -> list[tuple[int, int]]:
    """Where a date is written out that the calendar lacks (31 November 2016) or that two customs read differently."""
    good = {start for start, _, _ in full_dates(text)}
    return [m.span() for m in _FULL.finditer(text) if m.start() not in good] if _YEAR.search(text) else []


def make(year: int, month: int | None, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month or 0, day)
    except ValueError:
        return None


def precision(start: date, end: date) -> int:
    """UCDP's date precision of a span: 1 a day, 2 two to six days, 3 a week, 4 up to a month (8-31), 5 longer."""
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5
