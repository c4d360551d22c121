"""Which rows break a rule that looks at several rows or tables: one function a kind, over lists of dicts.

It says of lists what `targets/relational.py` says in SQL. Tables that a rule needs and that are not given make it
say nothing, as in validation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.schema.kinds import When
from conflict_events.testing.checking import Row, holds
from conflict_events.testing.domains import ORIGIN

Rows = Mapping[str, Sequence[Row]]
Breaks = Callable[[Row], bool]


_ORDER: tuple[type, ...] = (
    kinds.References,
    kinds.NotAmong,
    kinds.OneValuePer,
    kinds.NullInChildren,
    kinds.Unique,
    kinds.ReferencedBy,
    kinds.CountOf,
)
"""The order in which rules are mended: those that may add rows, and those that count them, last."""


@cache
def rules(given: frozenset[str], suite: str) -> tuple[schema.Rule, ...]:
    """The rules of the suite over several rows that can be asked of these tables together, in mending order."""
    found = [
        rule
        for name in given
        for rule in schema.rules(name, suite)
        if isinstance(rule.kind, _ORDER) and getattr(rule.kind, "table", name) in given
    ]
    return tuple(sorted(found, key=lambda r: (_ORDER.index(type(r.kind)), r.id)))


@cache
def pointing(table: str) -> tuple[schema.Rule, ...]:
    """The rules, of any suite, that say where columns of the table point."""
    return tuple(r for r in schema.table(table).rules if isinstance(r.kind, kinds.References | kinds.NotAmong))


def failing(rule: schema.Rule, tables: Rows) -> list[int]:
    """The positions, in the rule's table, of the rows that break it. TypeError for a rule of another kind."""
    rows = tables[rule.table]
    breaks = _test(rule, tables)
    origins = rule.origins
    return [n for n, row in enumerate(rows) if (not origins or row[ORIGIN] in origins) and breaks(row)]


def key_of(row: Row, columns: tuple[str, ...]) -> tuple[Any, ...] | None:
    """The values of the columns; None where one of them is null."""
    values = tuple(row[c] for c in columns)
    return None if None in values else values


def _test(rule: schema.Rule, tables: Rows) -> Breaks:
    scoped = [r for r in tables[rule.table] if not rule.origins or r[ORIGIN] in rule.origins]
    match rule.kind:
        case kinds.Unique(columns):
            counted = Counter(key_of(row, columns) for row in scoped)
            return lambda row: key_of(row, columns) is not None and counted[key_of(row, columns)] > 1
        case kinds.References(column, other, key, where):
            known = _values(tables[other], key, where)
            return lambda row: row[column] is not None and row[column] not in known
        case kinds.NotAmong(column, other, key, condition):
            shunned = _values(tables[other], key, condition)
            return lambda row: row[column] is not None and row[column] in shunned
        case kinds.ReferencedBy(column, other, key, asked):
            pointed = _values(tables[other], key, None)
            applies = holds(asked) if asked else bool
            return lambda row: row[column] is not None and applies(row) and row[column] not in pointed
        case kinds.CountOf(column, key, other, foreign, condition):
            counts = Counter(r[foreign] for r in tables[other] if r[foreign] is not None)
            asked_of = holds(condition)
            return lambda row: asked_of(row) and row[column] is not None and row[column] != counts[row[key]]
        case kinds.OneValuePer(key, columns):
            split = _split(scoped, key, columns)
            return lambda row: row[key] in split
        case kinds.NullInChildren(parent, key, columns):
            filled = {r[key] for r in tables[rule.table] if any(r[c] is not None for c in columns)} - {None}
            return lambda row: row[parent] in filled and any(row[c] is not None for c in columns)
    raise TypeError(f"{type(rule.kind).__name__} is no kind over several rows")


def _values(rows: Sequence[Row], column: str, where: When | None) -> set[Any]:
    condition = holds(where) if where else None
    return {r[column] for r in rows if condition is None or condition(r)} - {None}


def _split(rows: Sequence[Row], key: str, columns: tuple[str, ...]) -> set[Any]:
    """The keys whose rows do not agree on one of the columns."""
    seen: dict[Any, dict[str, Any]] = {}
    split = set()
    for row in rows:
        if row[key] is None:
            continue
        first = seen.setdefault(row[key], {})
        for column in columns:
            if row[column] is not None and first.setdefault(column, row[column]) != row[column]:
                split.add(row[key])
    return split
