"""Several rows and tables made to agree, by rule kind: references point somewhere, counts count, keys differ.

A row is changed only where it then breaks no rule by itself that it did not break before, and never in a fixed
column. Where no change will do, the row is left out; a fixed row never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.testing import relations
from conflict_events.testing.checking import Row, broken_by, codes_of, holds
from conflict_events.testing.making import SIMPLEST, Seed, maker
from conflict_events.testing.mending import Change
from conflict_events.testing.relations import key_of

PASSES = 12


@dataclass(slots=True)
class Draft:
    """Tables in the making.

    `fixed` holds, by the id() of a row, the columns of it that may not change; `keep` those of all other rows.
    `number` counts the rows added, `turn` says where to begin to look for a row to point at.
    """

    suite: str
    rows: dict[str, list[Row]]
    number: int = 0
    turn: int = 0
    fixed: dict[int, frozenset[str]] = field(default_factory=dict)
    keep: frozenset[str] = frozenset()

    def change(self, table: str, row: Row, change: Change) -> bool:
        """Make the change if the row may have it; whether it was made."""
        held = self.fixed.get(id(row), self.keep)
        if any(c in held and row[c] != v for c, v in change.items()):
            return False
        before, touched = {c: row[c] for c in change}, frozenset(change)
        broken = broken_by(table, self.suite, row, touched)
        row.update(change)
        if broken_by(table, self.suite, row, touched) <= broken:
            return True
        row.update(before)
        return False

    def first(self, table: str, row: Row, changes: Iterator[Change]) -> bool:
        """Make the first of the changes that the row may have; else leave the row out, unless it is fixed."""
        if any(self.change(table, row, change) for change in changes):
            return True
        if id(row) not in self.fixed:
            # by identity: equal rows may stand here twice
            self.rows[table][:] = [r for r in self.rows[table] if r is not row]
        return False

    def add(self, table: str, columns: Mapping[str, Any], seed: Seed = SIMPLEST) -> Row:
        """A new row with these columns, its required references pointing to rows that are there."""
        made, _ = maker(table, self.suite, dict(columns))
        self.number += 1
        row = made.row(seed, 1_000_000 + self.number)
        self.rows[table].append(row)
        for rule in self.rules(table):
            if isinstance(rule.kind, kinds.References) and row[rule.kind.column] is not None:
                if rule.kind.column in columns:
                    continue
                if not any(_targets(self, rule, rule.kind)):
                    self.add(rule.kind.table, {} if rule.kind.where is None else _met(rule.kind.where))
                self.first(table, row, _pointed(self, rule, rule.kind))
        return row

    def rules(self, table: str | None = None) -> tuple[schema.Rule, ...]:
        """The rules over several rows that can be asked here, of one table or of all."""
        found = relations.rules(frozenset(self.rows), self.suite)
        return found if table is None else tuple(r for r in found if r.table == table)


def settle(draft: Draft, skip: str | None = None) -> None:
    """Mend the tables until no relational rule but `skip` is broken."""
    rules = [rule for rule in draft.rules() if rule.id != skip]
    for _ in range(PASSES):
        settled = True
        for rule in rules:
            rows = draft.rows[rule.table]
            for row in [rows[n] for n in relations.failing(rule, draft.rows)]:
                settled = False
                draft.turn += 1
                _mend(draft, rule, row)
        if settled:
            return


def connect(draft: Draft, every: int = 1) -> None:
    """Let references point to rows that are there: those of each `every`th row, whether or not the suite asks."""
    for name, rows in draft.rows.items():
        for rule in relations.pointing(name):
            if isinstance(rule.kind, kinds.References) and rule.kind.table in draft.rows:
                for number, row in enumerate(list(rows)):
                    if number % every == every - 1 and row[rule.kind.column] is not None:
                        draft.turn = number
                        any(draft.change(name, row, change) for change in _pointed(draft, rule, rule.kind))


def _mend(draft: Draft, rule: schema.Rule, row: Row) -> None:
    match rule.kind:
        case kinds.References() | kinds.NotAmong():
            draft.first(rule.table, row, _pointed(draft, rule, rule.kind))
        case kinds.ReferencedBy(column, other, key):
            draft.add(other, {key: row[column]})
        case kinds.CountOf(column, key, other, foreign):
            count = sum(r[foreign] == row[key] for r in draft.rows[other])
            draft.first(rule.table, row, iter([{column: count}, {column: None}]))
        case kinds.Unique(columns):
            same = [r for r in draft.rows[rule.table] if key_of(r, columns) == key_of(row, columns)]
            if len(same) > 1 and (same[0] is not row or id(same[-1]) in draft.fixed):
                draft.first(rule.table, row, ({c: None} for c in columns))
        case kinds.OneValuePer(key, columns):
            draft.first(rule.table, row, _agreed(draft, rule.table, row, key, columns))
        case kinds.NullInChildren(parent, _, columns):
            draft.first(rule.table, row, iter([dict.fromkeys(columns), {parent: None}]))


def _pointed(draft: Draft, rule: schema.Rule, kind: kinds.References | kinds.NotAmong) -> Iterator[Change]:
    """The column pointing at each row that it may point at, beginning anywhere; then null."""
    targets = _targets(draft, rule, kind)
    start = draft.turn * 7919
    yield from ({kind.column: targets[(start + n) % len(targets)]} for n in range(len(targets)))
    yield {kind.column: None}


def _targets(draft: Draft, rule: schema.Rule, kind: kinds.References | kinds.NotAmong) -> list[Any]:
    """The values that the column may have by every rule on where it points."""
    tests = [_eligible(r.kind) for r in relations.pointing(rule.table) if _same_way(r.kind, kind)]
    rows = draft.rows[kind.table]
    return [row[kind.other] for row in rows if row[kind.other] is not None and all(test(row) for test in tests)]


def eligible(table: str, kind: kinds.References | kinds.NotAmong | kinds.NullInChildren) -> dict[str, Any]:
    """Columns of a row that others may point at, by the rules of the pointing column."""
    column = kind.parent if isinstance(kind, kinds.NullInChildren) else kind.column
    found: dict[str, Any] = {}
    for rule in relations.pointing(table):
        match rule.kind:
            case kinds.References(c, _, _, where) if c == column and where is not None:
                found.update(_met(where))
            case kinds.NotAmong(c, other, _, where) if c == column:
                other_column = schema.table(other).column(where.column)
                codes = codes_of(other_column, other_column.vocabulary) if other_column.vocabulary else ()
                found[where.column] = next((code for code in codes if code not in where.values), None)
    return found


def _met(where: kinds.When) -> dict[str, Any]:
    return {where.column: where.values[0]} if where.values else {}


def _same_way(one: kinds.Kind, other: kinds.References | kinds.NotAmong) -> bool:
    if not isinstance(one, kinds.References | kinds.NotAmong):
        return False
    return (one.column, one.table, one.other) == (other.column, other.table, other.other)


def _eligible(kind: kinds.Kind) -> Callable[[Row], bool]:
    match kind:
        case kinds.NotAmong(where=where):
            shunned = holds(where)
            return lambda row: not shunned(row)
        case kinds.References(where=where) if where is not None:
            return holds(where)
    return lambda _: True


def _agreed(draft: Draft, table: str, row: Row, key: str, columns: tuple[str, ...]) -> Iterator[Change]:
    first: dict[str, Any] = {}
    for other in draft.rows[table]:
        if other[key] == row[key]:
            for column in columns:
                if other[column] is not None:
                    first.setdefault(column, other[column])
    yield {c: v for c, v in first.items() if row[c] is not None}
    yield {key: None}
