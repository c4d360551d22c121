"""Days as the field's files write them: ISO, compact, with the month's name, or as numbers in either order.

`03/04/2019` can be read two ways. The whole file is asked first: a number above twelve in any date column tells the
order for all. Where the file has both orders, or neither tells, nothing is guessed (see `order`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NUMERIC = r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})(?:[ T]+[0-9:.]+(?: ?[APap]\.?[Mm]\.?)?)?\s*"
_ISO_REST = r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_NAMED = r"([0-9]{1,2})[ -]([A-Za-z]{3,9})[ ,-]+([0-9]{4}|[0-9]{2})"
_AMERICAN = r"([A-Za-z]{3,9}) ([0-9]{1,2}), ([0-9]{4})"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = {
    **{name: i for i, name in enumerate(_MONTHS, 1)},
    **{name[:3]: i for i, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_MIDNIGHT = r".*[T ](?:0{1,2}:00(?::00(?:\.0+)?)?|12:00(?::00)? ?[Aa]\.?[Mm]\.?)(?:Z|[+-]00:?00)?\s*"


class Order(StrEnum):
    """How numeric days are ordered in a file."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many numeric days of a file can be read day first only, month first only, or both ways."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.day_first + other.day_first, self.month_first + other.month_first, self.either + other.either
        )


def order(evidence: Evidence, custom: Order | None) -> Order | None:
    """The order of a file's numeric days; None where it mixes both. `custom`: the layout's, where nothing tells."""
    if evidence.day_first and evidence.month_first:
        return None
    if evidence.day_first:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if evidence.month_first else custom


def read(cell: str, order: Order | None) -> str:
    """SQL of the day in the text expression `cell`, null where it is none or can be read two ways.

    Two digits of a year are 19xx from 69 on and 20xx below, as POSIX has it.
    """
    iso = f"TRY_CAST(substr({cell}, 1, 10) AS DATE)"
    a, b, y = (f"CAST(regexp_extract({cell}, '{NUMERIC}', {i}) AS INTEGER)" for i in (1, 2, 3))
    day_first, month_first = _day(y, b, a), _day(y, a, b)
    if order is Order.DAY_FIRST:
        numeric = day_first
    elif order is Order.MONTH_FIRST:
        numeric = month_first
    else:
        numeric = f"CASE WHEN {a} > 12 OR {a} = {b} THEN {day_first} WHEN {b} > 12 THEN {month_first} END"
    return (
        f"CASE WHEN length({cell}) = 10 AND {iso} IS NOT NULL THEN {iso} "
        f"WHEN {_usual_midnight(cell)} AND {iso} IS NOT NULL THEN {iso} "
        f"WHEN regexp_full_match({cell}, '[0-9]{{8}}') THEN TRY_CAST({_compact(cell)} AS DATE) "
        f"WHEN {cell}[5:5] = '-' AND (length({cell}) = 10 OR regexp_full_match(substr({cell}, 11), '{_ISO_REST}')) "
        f"THEN {iso} "
        f"WHEN regexp_full_match({cell}, '{NUMERIC}') THEN {numeric} "
        f"WHEN regexp_full_match(trim({cell}), '{_NAMED}') THEN {_named(cell, _NAMED, 'dmy')} "
        f"WHEN regexp_full_match(trim({cell}), '{_AMERICAN}') THEN {_named(cell, _AMERICAN, 'mdy')} END"
    )


def _named(cell: str, pattern: str, parts: str) -> str:
    """The day whose month is named; `parts` says what the pattern's groups are."""
    d, m, y = (f"regexp_extract({cell}, '{pattern}', {parts.index(part) + 1})" for part in "dmy")
    names = ", ".join(f"'{name}': {number}" for name, number in _MONTH.items())
    return _day(f"CAST({y} AS INTEGER)", f"MAP {{{names}}}[lower({m})]", f"CAST({d} AS INTEGER)")


def _day(year: str, month: str, day: str) -> str:
    """SQL of the day of three numbers, null where there is none such."""
    whole = f"CASE WHEN {year} >= 100 THEN {year} WHEN {year} >= 69 THEN 1900 + {year} ELSE 2000 + {year} END"
    return f"TRY_CAST(printf('%04d-%02d-%02d', {whole}, {month}, {day}) AS DATE)"


def read_plain(cell: str, digits: bool) -> str:
    """SQL of the day as nearly all files write it, ISO or compact, and short for that; null for any other form.

    digits: whether the cells are digits and nothing else.
    """
    if digits:
        return f"CASE WHEN length({cell}) = 8 THEN TRY_CAST({_compact(cell)} AS DATE) END"
    usual = f"length({cell}) = 10 OR {_usual_midnight(cell)}"
    return f"CASE WHEN {usual} THEN TRY_CAST(substr({cell}, 1, 10) AS DATE) END"


def _compact(cell: str) -> str:
    return f"substr({cell}, 1, 4) || '-' || substr({cell}, 5, 2) || '-' || substr({cell}, 7, 2)"


def has_time(cell: str) -> str:
    """SQL: whether the text expression gives a time of day other than midnight."""
    return (
        f"CASE WHEN length({cell}) <= 10 OR {_usual_midnight(cell)} THEN false "
        f"ELSE contains({cell}, ':') AND NOT regexp_full_match({cell}, '{_MIDNIGHT}') END"
    )


def _usual_midnight(cell: str) -> str:
    """The way in which databases write midnight, told without a regular expression."""
    return f"(ends_with({cell}, ' 00:00:00.000') OR ends_with({cell}, ' 00:00:00') OR ends_with({cell}, 'T00:00:00'))"


def evidence(columns: list[str], relation: str) -> str:
    """The query that counts the `Evidence` of a relation, over its date columns (SQL of text)."""
    a, b = (f"CAST(regexp_extract(day, '{NUMERIC}', {i}) AS INTEGER)" for i in (1, 2))
    kinds = ("a > 12 AND b <= 12", "a <= 12 AND b > 12", "a <= 12 AND b <= 12 AND a <> b")
    counts = ", ".join(f"coalesce(count_if({kind}), 0)" for kind in kinds)  # null where there is no numeric day
    return (
        f"SELECT {counts} "
        f"FROM (SELECT {a} AS a, {b} AS b FROM (SELECT unnest([{', '.join(columns)}]) AS day FROM {relation}) "
        f"WHERE regexp_full_match(day, '{NUMERIC}'))"
    )
