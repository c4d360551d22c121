"""Whether one row, as a dict, breaks a rule of a row kind: one plain function a kind.

It says of a row what `targets/predicates.py` says of a column. A null does not break a rule, as everywhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.kinds import When
from conflict_events.schema.types import Type
from conflict_events.targets.predicates import columns_of
from conflict_events.testing.domains import ORIGIN

Row = dict[str, Any]
Check = Callable[[Row], bool]


@cache
def breaks(rule: schema.Rule) -> Check:
    """The test for a row that breaks the rule; TypeError where the rule is of no row kind."""
    check = _of_kind(rule.kind, schema.table(rule.table))
    origins = rule.origins
    return (lambda row: row[ORIGIN] in origins and check(row)) if origins else check


@cache
def _row_checks(table: str, suite: str, columns: frozenset[str] | None) -> tuple[tuple[str, Check], ...]:
    rules = schema.rules(table, suite)
    asked = [r for r in rules if isinstance(r.kind, kinds.RowKind | kinds.ItemsAreColumns)]
    return tuple((r.id, breaks(r)) for r in asked if columns is None or columns & set(columns_of(r)))


def broken_by(table: str, suite: str, row: Row, columns: frozenset[str] | None = None) -> frozenset[str]:
    """The ids of the rules of the suite that the row breaks by itself; `columns`: only rules that look at these."""
    return frozenset([rule for rule, check in _row_checks(table, suite, columns) if check(row)])


def holds(when: When) -> Check:
    """The test for a row that meets the condition."""
    column, values = when.column, when.values
    return (lambda row: row[column] in values) if values else (lambda row: row[column] is not None)


def codes_of(column: schema.Column, name: str) -> tuple[kinds.Code, ...]:
    """The codes of a vocabulary, as values of the column's type."""
    codes = vocabulary.codes(name)
    return codes if column.type is Type.STRING else tuple(int(code) for code in codes)


@cache
def parents(name: str) -> Mapping[str, str | None]:
    """Code -> its parent, of one vocabulary."""
    return {term.code: term.parent for term in vocabulary.terms(name)}


def cell(latitude: float, longitude: float) -> int:
    """The PRIO-GRID cell of a point on the globe (Tollefsen, Strand and Buhaug 2012)."""
    return min(math.floor((latitude + 90) / 0.5), 359) * 720 + min(math.floor((longitude + 180) / 0.5), 719) + 1


def _of_kind(kind: kinds.Kind, table: schema.Table) -> Check:
    match kind:
        case kinds.Required(column):
            return lambda row: row[column] is None
        case kinds.OneOf(column, name):
            codes = frozenset((None, *codes_of(table.column(column), name)))
            return lambda row: row[column] not in codes
        case kinds.Between(column, low, high):
            return _between(column, low, high)
        case kinds.Matches(column, pattern, length):
            form = re.compile(f"(?:{pattern})")
            return lambda row: (
                row[column] is not None
                and not (
                    form.fullmatch(row[column])
                    and not row[column].endswith("\n")
                    and length in (None, len(row[column]))
                )
            )
        case kinds.NotAfter(first, second):
            return lambda row: row[first] is not None and row[second] is not None and row[first] > row[second]
        case kinds.Differs(first, second):
            return lambda row: row[first] is not None and row[first] == row[second]
        case kinds.Together((first, second)):
            return lambda row: (row[first] is None) is not (row[second] is None)
        case kinds.Together(columns):
            return lambda row: 0 < sum(row[c] is None for c in columns) < len(columns)
        case kinds.RequiredWhen(column, when):
            condition = holds(when)
            return lambda row: row[column] is None and condition(row)
        case kinds.NullWhen(column, when):
            condition = holds(when)
            return lambda row: row[column] is not None and condition(row)
        case kinds.EqualsWhen(column, value, when):
            condition = holds(when)
            return lambda row: row[column] is not None and row[column] != value and condition(row)
        case kinds.AnyRequiredWhen(columns, when):
            condition = holds(when)
            return lambda row: condition(row) and all(row[c] is None for c in columns)
        case kinds.Determines(column, parent, name):
            known = parents(name)
            return lambda row: row[parent] is not None and row[column] in known and known[row[column]] != row[parent]
        case kinds.ItemsAreColumns(column):
            names = frozenset(table.names)
            return lambda row: row[column] is not None and not names.issuperset(row[column])
        case kinds.SumIs(parts, total):
            return lambda row: (
                row[total] is not None
                and all(row[p] is not None for p in parts)
                and sum(row[p] for p in parts) != row[total]
            )
    return _of_text_or_place(kind, table)


def _of_text_or_place(kind: kinds.Kind, table: schema.Table) -> Check:
    match kind:
        case kinds.SpanFits(start, end, precision):
            return lambda row: _misfits(row[start], row[end], row[precision])
        case kinds.CellOf(column, latitude, longitude):
            return lambda row: (
                row[column] is not None
                and on_globe(row[latitude], row[longitude])
                and row[column] != cell(row[latitude], row[longitude])
            )
        case kinds.Joins(column, parts, separator):
            return lambda row: (
                row[column] is not None
                and all(row[p] is not None for p in parts)
                and row[column] != separator.join(row[p] for p in parts)
            )
        case kinds.StartsWith(column, prefix, separator):
            first = frozenset(vocabulary.codes(table.column(prefix).vocabulary or ""))
            return lambda row: (
                row[column] is not None and row[prefix] in first and not row[column].startswith(row[prefix] + separator)
            )
        case kinds.Bracketed(column, opening, closing):
            return lambda row: (
                row[column] is not None and not (row[column].startswith(opening) and row[column].endswith(closing))
            )
    raise TypeError(f"{type(kind).__name__} is no row kind")


def _between(column: str, low: Any, high: Any) -> Check:
    bottom = date.fromisoformat(low) if isinstance(low, str) else low
    top = date.fromisoformat(high) if isinstance(high, str) else high

    def check(row: Row) -> bool:
        value = row[column]
        if value is None:
            return False
        return not ((bottom is None or value >= bottom) and (top is None or value <= top))

    return check


def on_globe(latitude: float | None, longitude: float | None) -> bool:
    """Whether both are known and within the degrees that there are."""
    return latitude is not None and longitude is not None and -90 <= latitude <= 90 and -180 <= longitude <= 180


def _misfits(start: date | None, end: date | None, precision: int | None) -> bool:
    if start is None or end is None or start > end or precision not in kinds.DATE_SPANS:
        return False
    shortest, longest = kinds.DATE_SPANS[precision]
    days = (end - start).days + 1
    return days < shortest or (longest is not None and days > longest)
