"""Rows that, added to sound tables, break a rule over several rows or tables: one function a kind.

Each way is a list of (table, fixed columns), one for each row to add.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.testing.domains import ORIGIN
from conflict_events.testing.mending import Change, Fresh
from conflict_events.testing.settling import eligible

Additions = list[tuple[str, Change]]
NOWHERE = "nowhere"
"""What a reference points to that points to nothing, and the key of rows that are added as a pair."""


def upsets(rule: schema.Rule, fresh: Fresh) -> Iterator[Additions]:
    """The ways to break the rule by adding rows; `fresh` gives values of the columns of the rule's table.

    Raises TypeError for a rule of another kind.
    """
    table = rule.table
    scopes: list[Change] = [{ORIGIN: origin} for origin in rule.origins] or [{}]
    for scope in scopes:
        for additions in _of_kind(rule.kind, table, fresh):
            yield [(name, {**scope, **row} if name == table else row) for name, row in additions]


def _of_kind(kind: kinds.Kind, table: str, fresh: Fresh) -> Iterator[Additions]:
    match kind:
        case kinds.Unique(columns):
            # a nudge for each column, so that no two of them hold the same value
            same = {c: fresh(c, n) for n, c in enumerate(columns)}
            yield [(table, same), (table, same)]
        case kinds.References(column):
            yield [(table, {column: NOWHERE})]
        case kinds.NotAmong(column, other, key, where):
            for met in [{where.column: value} for value in where.values] or [{}]:
                yield [(other, {key: NOWHERE, **met}), (table, {column: NOWHERE})]
        case kinds.ReferencedBy(_, _, _, when):
            conditions: list[Change] = [{when.column: v} for v in when.values] if when else []
            yield from ([(table, met)] for met in conditions or [{}])
        case kinds.CountOf(column, _, _, _, when):
            yield from ([(table, {when.column: v, column: 1000 + fresh(column) % 1000})] for v in when.values)
        case kinds.OneValuePer(key, columns):
            shared = {key: fresh(key)}
            for column in columns:
                pair = _two(fresh, column)
                yield [(table, {**shared, column: value}) for value in pair]
        case kinds.NullInChildren(parent, key, columns):
            above = {key: NOWHERE, **eligible(table, kind)}
            for column in columns:
                both = {column: fresh(column)}
                yield [(table, {**above, **both}), (table, {parent: NOWHERE, **both})]
        case _:
            raise TypeError(f"{type(kind).__name__} is no kind over several rows")


def _two(fresh: Fresh, column: str) -> tuple[Any, Any]:
    """Two values of the column that differ."""
    first = fresh(column)
    return first, next((v for v in (fresh(column, n) for n in range(1, 9)) if v != first), f"{first} and another")
