"""Expressions of time, and the days that each stands for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from conflict_events.converters.articles.model import When
from conflict_events.converters.articles.when.calendar import MONTH, make, month_number, precision

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


_NUMBER = {
    w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1)
} | {"a": 1}


_WEEKDAY = re.compile(
    r"\b(?:(?:late|early|later|earlier)\s)?(?:on\s)?(?:(?P<last>last|this|past)\s)?(?P<day>"
    + "|".join(DAYS)
    + r")(?:\s(?:morning|evening|night|afternoon))?(?P<week>\s(?:of\s)?last\sweek)?\b(?P<since>)",
    re.IGNORECASE,
)


_DAY_AFTER = re.compile(
    r"\b(?P<n>\d{1,2}|few|" + "|".join(_NUMBER) + r")\s(?P<unit>day|week|hour|night)s?\s"
    r"(?P<way>later|afterwards?|earlier|before|after)\b(?P<open>\s(?!dawn|dusk|noon|midnight|sunrise|sunset|daybreak)\w)?",
    re.IGNORECASE,
)


_NEXT_DAY = re.compile(
    r"\b(?:(?P<next>(?:the\s)?(?:following|next)\s(?:day|morning|night|evening|afternoon))"
    r"|(?P<previous>the\s(?:previous|preceding)\s(?:day|night|evening)|the\s(?:day|night|evening)\s(?:before|earlier)\b(?!\syesterday))"
    r"|(?P<same>(?:on\s)?(?:the\s|that\s)same\s(?:day|evening|night|morning|afternoon)|that\s(?:day|night|evening|morning|afternoon)"
    r"|(?:later|earlier)\s(?:in\sthe\s|that\s|the\ssame\s)day|hours?\s(?:later|afterwards?|after|earlier|before)|(?:minutes|moments)\slater"
    r"|over\sthe\ssame\speriod|during\sthe\s(?:morning|afternoon|evening)|at\s(?:daybreak|dusk|dawn|nightfall|noon|midday)))\b",
    re.IGNORECASE,
)


_NIGHT_OF = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s?(?:to|and|-|–|/)\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{MONTH})(?:,?\s(?P<y>(?:19|20)\d\d))?\b"
    rf"|\b(?P<m2>{MONTH})\s(?P<d3>\d{{1,2}})\s?(?:to|and|-|–)\s?(?P<d4>\d{{1,2}})(?:,?\s(?P<y2>(?:19|20)\d\d))?\b",
    re.IGNORECASE,
)


_OVERNIGHT = re.compile(r"\bovernight\b|\b(?:in|during)\sthe\snight\b(?!\sof)", re.IGNORECASE)


_NEAR_DAY = re.compile(
    r"\b(?:(?P<today>today|tonight|this morning|this afternoon|this evening|earlier today|at this (?:moment|hour))"
    r"|(?P<yesterday>yesterday|last night|last evening)|(?P<before>the day before yesterday))\b",
    re.IGNORECASE,
)


_AGO = re.compile(r"\b(?P<n>\d{1,2}|" + "|".join(_NUMBER) + r")\s(?P<unit>day|week)s?\sago\b", re.IGNORECASE)


_PAST = re.compile(
    r"\b(?:in|over|during|within|for)\sthe\s(?:past|last)\s(?:(?P<n>\d{1,2}|" + "|".join(_NUMBER) + r"|few)\s)?"
    r"(?P<unit>hour|day|week)s?\b",
    re.IGNORECASE,
)


_PERIOD = re.compile(
    r"\b(?:(?P<earlier>earlier|later)\s)?(?P<which>this|last)\s(?P<unit>week(?:end)?|month|year)\b"
    r"|\b(?:earlier|later)\sin\sthe\s(?P<within>week|month|year)\b"
    r"|\bover the weekend\b",
    re.IGNORECASE,
)


_RANGE = re.compile(
    rf"\b(?:between|from)\s(?P<m1>{MONTH})\s(?P<d1>\d{{1,2}})\s(?:and|to|until|through)\s"
    rf"(?:(?P<m2>{MONTH})\s)?(?P<d2>\d{{1,2}})(?:,?\s(?P<y>(?:19|20)\d\d))?\b",
    re.IGNORECASE,
)


_DAY_MONTH = re.compile(
    rf"\b(?:on\s)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{MONTH})"
    rf"|(?P<m2>{MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)(?!\w|,?\s(?:19|20)\d\d)",
    re.IGNORECASE,
)


_PART_OF_MONTH = re.compile(
    rf"\b(?P<part>early|mid|late|the\s(?:first|second|third|fourth|last)\sweek\sof)[\s-](?P<m>{MONTH})"
    r"(?:,?\s(?P<y>(?:19|20)\d\d))?\b(?!\s\d)",
    re.IGNORECASE,
)
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_WEEKS = {"first": (1, 7), "second": (8, 14), "third": (15, 21), "fourth": (22, 28), "last": (25, 31)}


_MONTH_YEAR = re.compile(rf"\b(?P<m>{MONTH}),?\s(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)


_MONTH_ONLY = re.compile(rf"\b(?:in|since|during|last)\s(?P<m>{MONTH})\b(?!\s\d)", re.IGNORECASE)


_YEAR = re.compile(
    r"\b(?:in|since|from|until|by|during|of|between|late|early|mid-?)\s?(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
)


_FOR_LONG = re.compile(
    r"\bfor\s(?:(?:the|more|than|almost|nearly|over|past|last|about|at|least)\s)*(?:\w+\s)?(?:years|months|decades|a\syear|a\sdecade)\b"
    r"|\bsince\sthe\s(?:start|beginning|outbreak|launch|onset)\sof\b"
    r"|\bsince\s(?:the\s)?(?:\w+\s)?(?:operation|offensive|campaign|war|uprising|conflict|fighting|insurgency|rebellion)\s(?:began|started|broke\sout|erupted)\b",
    re.IGNORECASE,
)


_RECENT = re.compile(r"\b(?:recently|in recent days|lately|in the last few days|the past few days)\b", re.IGNORECASE)


def default_window(published: date | None) -> When:
    """The seven days that end at publication: what an undated sentence of a dated report means."""
    if published is None:
        return When()
    return When(published - timedelta(days=6), published, 3, "default_window")


def _span(start: date, end: date, basis: str) -> When:
    return When(start, end, precision(start, end), basis)


def _weekday(match: re.Match[str], published: date | None, anchor: date | None) -> When:
    base = published or anchor
    if base is None:
        return When()
    back = (base.weekday() - DAYS.index(match["day"].lower())) % 7
    if back == 0 and (match["last"] or "").lower() == "last":
        back = 7
    day = base - timedelta(days=back)
    if match["week"]:
        day = base - timedelta(days=base.weekday() + 7 - DAYS.index(match["day"].lower()))
    return When(day, day, 1, "relative")


def _near_day(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    if published is None:
        return When()
    day = published - timedelta(days=0 if match["today"] else 1 if match["yesterday"] else 2)
    return When(day, day, 1, "relative")


def _overnight(_match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    return When() if published is None else _span(published - timedelta(days=1), published, "relative")


def _day_after(match: re.Match[str], _published: date | None, _anchor: date | None) -> When:
    """ "Two days earlier", counted from the day spoken of before; "a day after X did": X's day, before it."""
    number = 3 if match["n"].lower() == "few" else _count(match["n"])
    days = {"week": 7, "hour": 0}.get(match["unit"].lower(), 1) * number
    way = match["way"].lower()
    if way == "after" and match["open"]:
        return When(shift=-days, clause=True)
    if way == "before" and match["open"]:
        return When(shift=days, clause=True)
    return When(shift=days if way.startswith(("later", "after")) else -days)


def _next_day(match: re.Match[str], _published: date | None, _anchor: date | None) -> When:
    return When(shift=1 if match["next"] else -1 if match["previous"] else 0)


def _night_of(match: re.Match[str], published: date | None, anchor: date | None) -> When:
    """ "The night of 12 to 13 March", "March 12-13"."""
    month, one, two = match["m1"] or match["m2"], match["d1"] or match["d3"], match["d2"] or match["d4"]
    first = _dated(month, int(one), match["y"] or match["y2"], published or anchor)
    last = _dated(month, int(two), match["y"] or match["y2"], published or anchor)
    if first is None or last is None or last < first:
        return When()
    return _span(first, last, "stated")


def _ago(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    number = _count(match["n"])
    if match["unit"].lower() == "week":
        if published is None:
            return When(background=number > 4)
        middle = published - timedelta(weeks=number)
        return _span(middle - timedelta(days=3), middle + timedelta(days=3), "relative")
    if published is None:
        return When()
    day = published - timedelta(days=number)
    return When(day, day, 1, "relative")


def _past(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    if published is None:
        return When()
    unit = match["unit"].lower()
    number = 3 if (match["n"] or "").lower() == "few" else _count(match["n"] or "one")
    if unit == "hour":
        days = max(1, (number if match["n"] else 24) // 24)
    else:
        days = number * (7 if unit == "week" else 1)
    first = published - timedelta(days=days if unit != "week" else days - 1)
    return _span(first, published, "relative")


def _period(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    if published is None:
        return When()
    unit = (match["unit"] or match["within"] or "weekend").lower()
    last = not match["within"] and (match["which"] or "last").lower() == "last"
    monday = published - timedelta(days=published.weekday())
    if unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        return _span(saturday, min(saturday + timedelta(days=1), published), "relative")
    if unit == "week":
        first = monday - timedelta(days=7) if last else monday
        return _span(first, first + timedelta(days=6) if last else published, "relative")
    if unit == "month":
        first = published.replace(day=1)
        if last:
            before = first - timedelta(days=1)
            return _span(before.replace(day=1), before, "relative")
        return _span(first, published, "relative")
    if last:
        return When(background=True)
    return _span(published.replace(month=1, day=1), published, "relative")


def _range(match: re.Match[str], published: date | None, anchor: date | None) -> When:
    first = _dated(match["m1"], int(match["d1"]), match["y"], published or anchor)
    last = _dated(match["m2"] or match["m1"], int(match["d2"]), match["y"], published or anchor)
    if first is None or last is None or last < first:
        return When()
    return _span(first, last, "stated")


def _day_month(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    number = "1" if match["d1"] else "2"
    day = _dated(match[f"m{number}"], int(match[f"d{number}"]), None, published)
    return When() if day is None else When(day, day, 1, "stated")


def _month_year(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    month, year = month_number(match["m"]), int(match["y"])
    if month is None:
        return When()
    when = _span(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "stated")
    if published and when.start and when.start <= published < (when.end or published):
        return _span(when.start, published, "stated")
    return When(when.start, when.end, when.precision, when.basis, background=published is None)


def _part_of_month(match: re.Match[str], published: date | None, anchor: date | None) -> When:
    """ "Early September" is the first ten days of it; "the third week of May" its days 15 to 21."""
    part = match["part"].lower().split()
    first, last = _PARTS[part[0]] if len(part) == 1 else _WEEKS[part[1]]
    start = _dated(match["m"], first, match["y"], published or anchor)
    if start is None:
        return When(background=True)
    end = start.replace(day=min(last, monthrange(start.year, start.month)[1]))
    return _span(start, min(end, published) if published and published >= start else end, "stated")


def _month_only(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    month = month_number(match["m"])
    if published is None or month is None:
        return When(background=True)
    year = published.year if month <= published.month else published.year - 1
    last = min(published, date(year, month, monthrange(year, month)[1]))
    return _span(date(year, month, 1), last, "stated")


def _year(match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    return When(background=published is None or int(match["y"]) != published.year)


def _for_long(_match: re.Match[str], _published: date | None, _anchor: date | None) -> When:
    """ "For 18 years", "since the start of the operation": what lasts or is summed up, and is no event."""
    return When(background=True)


def _recent(_match: re.Match[str], published: date | None, _anchor: date | None) -> When:
    return default_window(published)


def _dated(month_word: str, day: int, year: str | None, base: date | None) -> date | None:
    month = month_number(month_word)
    if year:
        return make(int(year), month, day)
    if base is None:
        return None
    found = make(base.year, month, day)
    return make(base.year - 1, month, day) if found and found > base else found


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBER[word.lower()]


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A pattern, some letters of which every match has at least one (so that most searches are spared), and what it means.
RULES: tuple[
    tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str], date | None, date | None], When]], ...
] = (
    (_MONTHS, _RANGE, _range),
    (_MONTHS, _NIGHT_OF, _night_of),
    (_MONTHS, _PART_OF_MONTH, _part_of_month),
    (_MONTHS, _MONTH_YEAR, _month_year),
    (_MONTHS, _DAY_MONTH, _day_month),
    ((" ago", "\u00a0ago"), _AGO, _ago),
    (("past", "last"), _PAST, _past),
    (("day",), _WEEKDAY, _weekday),
    (("week", "month", "year"), _PERIOD, _period),
    (("later", "earlier", "after", "before"), _DAY_AFTER, _day_after),
    (
        (
            "same",
            "that",
            "next",
            "following",
            "previous",
            "preceding",
            "before",
            "earlier",
            "later",
            "hour",
            "at d",
            "at n",
            "at m",
            "during the",
        ),
        _NEXT_DAY,
        _next_day,
    ),
    (("overnight", "the night"), _OVERNIGHT, _overnight),
    (("today", "tonight", "this ", "at this", "yesterday", "night"), _NEAR_DAY, _near_day),
    (_MONTHS, _MONTH_ONLY, _month_only),
    (("19", "20"), _YEAR, _year),
    (("for ", "since"), _FOR_LONG, _for_long),
    (("recent", "lately", "last", "past"), _RECENT, _recent),
)
FROM_TODAY = frozenset({_near_day, _overnight})
"""Rules that count from the day of writing, which a dateline may give."""
