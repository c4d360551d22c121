"""Columns that make one row break a rule of a row kind, whatever its other columns hold: one function a kind.

Each is offered as fixed columns of a row that is then made anew around them, so that no other rule need break.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.kinds import When
from conflict_events.schema.types import Type
from conflict_events.testing.checking import cell, codes_of
from conflict_events.testing.domains import LAST_DAY, Domain
from conflict_events.testing.making import Plan
from conflict_events.testing.mending import Change, Fresh

_INTEGERS = {Type.INT8: 8, Type.INT32: 32}


def spoils(rule: schema.Rule, plan: Plan, fresh: Fresh) -> Iterator[Change]:
    """The ways to break the rule in a row of the plan; `fresh` gives values of its columns' domains.

    Raises TypeError for a rule of no row kind.
    """
    kind, domains = rule.kind, plan.domains
    table = schema.table(rule.table)
    match kind:
        case kinds.Required(column):
            yield {column: None}
        case kinds.OneOf(column, name):
            yield from ({column: v} for v in _strangers(table.column(column), name))
        case kinds.Between(column):
            yield from ({column: v} for v in _outside(domains[column], kind))
        case kinds.Matches(column, pattern):
            good = fresh(column)
            broken_line = () if re.fullmatch(pattern, f"{good}\n") else (f"{good}\n",)
            yield from ({column: v} for v in (*broken_line, good[:-1], f" {good}", good.upper(), "", "?"))
        case kinds.Bracketed(column, opening, closing):
            good = fresh(column)
            yield from ({column: v} for v in (good[len(opening) :], good[: -len(closing)], f" {good}", "[1]", ""))
        case kinds.ItemsAreColumns(column):
            yield {column: ["no such column"]}
            yield {column: [*(fresh(column) or ()), ""]}
        case kinds.NotAfter(first, second):
            yield from _reversed(first, second, domains, fresh)
        case kinds.Differs(first, second):
            yield {first: fresh(first), second: fresh(first)}
            yield {first: fresh(second), second: fresh(second)}
        case kinds.Together(columns):
            yield from ({**dict.fromkeys(columns), c: fresh(c)} for c in columns)
            yield from ({**{o: fresh(o) for o in columns}, c: None} for c in columns)
        case kinds.RequiredWhen(column, when):
            yield from ({**met, column: None} for met in _met(when, fresh))
        case kinds.NullWhen(column, when):
            yield from ({**met, column: fresh(column)} for met in _met(when, fresh))
        case kinds.EqualsWhen(column, value, when):
            yield from _unequal(column, value, when, table, fresh)
        case kinds.AnyRequiredWhen(columns, when):
            yield from ({**met, **dict.fromkeys(columns)} for met in _met(when, fresh))
        case kinds.Determines(column, parent, name):
            above = {t.parent for t in vocabulary.terms(name) if t.parent is not None}
            for term in vocabulary.terms(name):
                yield from ({column: term.code, parent: p} for p in sorted(above - {term.parent}))
        case kinds.SpanFits(start, end, precision):
            for exactness, (shortest, longest) in kinds.DATE_SPANS.items():
                for days in sorted({shortest - 1, (longest or shortest - 2) + 1} - {0}):
                    yield {start: fresh(start), end: fresh(start) + timedelta(days - 1), precision: exactness}
        case _:
            yield from _off(kind, table, fresh)


def _off(kind: kinds.Kind, table: schema.Table, fresh: Fresh) -> Iterator[Change]:
    """Of the kinds in which one column is computed from others: another value than the computed one."""
    match kind:
        case kinds.SumIs(parts, total):
            counts = {p: fresh(p) % 2**20 for p in parts}
            yield {**counts, total: sum(counts.values()) + 1}
            yield {**dict.fromkeys(parts, 0), total: 1}
            yield {**dict.fromkeys(parts, 0), parts[-1]: 1, total: 0}
        case kinds.CellOf(column, latitude, longitude):
            place = {latitude: fresh(latitude), longitude: fresh(longitude)}
            right = cell(place[latitude], place[longitude])
            yield {**place, column: right + 1}
            yield {**place, column: right - 1}
        case kinds.StartsWith(column, prefix, separator):
            for code in vocabulary.codes(table.column(prefix).vocabulary or ""):
                yield {prefix: code, column: fresh(column)}
                yield {prefix: code, column: f"{code.upper()}{separator}{fresh(column)}"}
        case kinds.Joins(column, parts, separator):
            for known in vocabulary.codes(table.column(parts[0]).vocabulary or ""):
                rest = {p: fresh(p) for p in parts[1:]}
                whole = separator.join((known, *rest.values()))
                yield {**rest, parts[0]: known, column: f"{whole}?"}
                yield {**rest, parts[0]: known, column: fresh(column)}
        case _:
            raise TypeError(f"{type(kind).__name__} is no row kind")


def _strangers(column: schema.Column, name: str) -> Iterator[Any]:
    codes = codes_of(column, name)
    if column.type is Type.STRING:
        wrong = ("x", "", str(codes[0]).swapcase(), f"{codes[0]} ", f"{codes[-1]}\n", "unheard_of")
        yield from (w for w in wrong if w not in codes)
    else:
        numbers = [int(code) for code in codes]
        yield from (max(numbers) + 1, min(numbers) - 1, 127, -128)


def _outside(domain: Domain, kind: kinds.Between) -> Iterator[Any]:
    """Just outside each end that the rule has, and far outside; NaN where there can be one."""
    low, high = kind.low, kind.high
    match domain.type:
        case Type.DATE:
            read = type(LAST_DAY).fromisoformat
            yield from (read(str(low)) - timedelta(n) for n in (1, 365) if low is not None)
            yield from (read(str(high)) + timedelta(n) for n in (1, 365) if high is not None)
        case Type.FLOAT | Type.DOUBLE:
            step = 1e-3 if domain.type is Type.FLOAT else 0.0
            below = () if low is None else (float(low) - step if step else math.nextafter(float(low), -math.inf),)
            above = () if high is None else (float(high) + step if step else math.nextafter(float(high), math.inf),)
            yield from (*below, *above, math.nan, math.inf, -math.inf)
        case _:
            ends = 2 ** (_INTEGERS[domain.type] - 1)
            yield from (int(low) - n for n in (1, 99) if low is not None and -ends <= int(low) - n)
            yield from (int(high) + n for n in (1, 99) if high is not None and int(high) + n < ends)


def _reversed(first: str, second: str, domains: Any, fresh: Fresh) -> Iterator[Change]:
    for later, earlier in ((fresh(first), fresh(second)), (fresh(second), fresh(first))):
        if later > earlier:
            yield {first: later, second: earlier}
    unit: Any = timedelta(1) if domains[first].type is Type.DATE else 1
    for value in (fresh(second), domains[second].low):
        if domains[first].high is None or value + unit <= domains[first].high:
            yield {first: value + unit, second: value}


def _unequal(column: str, value: Any, when: When, table: schema.Table, fresh: Fresh) -> Iterator[Change]:
    if when.column == column:
        vocabulary_name = table.column(column).vocabulary
        codes = when.values or (codes_of(table.column(column), vocabulary_name) if vocabulary_name else ())
        yield from ({column: c} for c in codes if c != value)
        return
    if isinstance(value, bool):
        others: list[Any] = [not value]
    elif isinstance(value, int):
        others = [value + 1, value - 1]
    else:
        name = table.column(column).vocabulary
        others = [c for c in vocabulary.codes(name) if c != value] if name else [f"not {value}", value.upper(), ""]
    yield from ({**met, column: other} for met in _met(when, fresh) for other in others)


def _met(when: When, fresh: Fresh) -> Iterator[Change]:
    """Columns that make the condition hold."""
    yield from ({when.column: value} for value in when.values or (fresh(when.column),))
