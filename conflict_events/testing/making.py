"""One row from one seed: every column from its domain, then mended until no rule is broken.

A plan is compiled once for a table, a suite and an origin. A row is a pure function of its plan, seed, position and
fixed columns; nothing is drawn, filtered or tried again.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from conflict_events import schema
from conflict_events.schema import kinds, vocabulary
from conflict_events.schema.types import Type
from conflict_events.targets.arrow import arrow_schema
from conflict_events.targets.predicates import columns_of
from conflict_events.testing.checking import Check, Row, breaks, broken_by
from conflict_events.testing.domains import ORIGIN, Domain, domains
from conflict_events.testing.mending import Change, Moves, derived_by, mends
from conflict_events.testing.text import SMALL
from conflict_events.testing.values import Value, box, point, value_of

if TYPE_CHECKING:
    import pyarrow as pa

NOISE_BYTES = 6
PASSES = 24
"""Rounds of mending before a row gives way to the simplest one. The rules of today need four."""


class Seed(NamedTuple):
    """What a row is made from. `mask`: a bit for each column, set where an optional column has a value."""

    mask: int
    noise: int


SIMPLEST = Seed(0, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One rule: its test, its mends, and the columns it looks at."""

    rule: str
    columns: frozenset[str]
    check: Check
    moves: Moves


class Slot(NamedTuple):
    """A column as rows are first filled: whether it always, never or sometimes has a value, and which."""

    name: str
    always: bool
    never: bool
    coded: bool
    value: Value


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows of one table, suite and origin are made."""

    table: str
    suite: str
    origin: str | None
    domains: Mapping[str, Domain]
    values: Mapping[str, Value]
    slots: tuple[Slot, ...]
    places: Mapping[str, int]
    steps: tuple[Step, ...]
    point: tuple[str, str] | None
    shapes: tuple[tuple[str, Type], ...]


@cache
def plan(table: str, suite: str, origin: str | None) -> Plan:
    """The plan of rows of that origin (None for a table whose rows have no known one)."""
    declared = schema.table(table)
    rules = [r for r in schema.rules(table, suite) if not r.origins or origin in r.origins]
    found = domains(declared, rules, origin)
    derived = frozenset(c for r in rules for c in derived_by(r.kind))
    row_rules = [r for r in rules if isinstance(r.kind, kinds.RowKind | kinds.ItemsAreColumns)]
    # what a domain settles is never broken by mending, which stays within the domains
    open_rules = [r for r in row_rules if not (hasattr(r.kind, "column") and found[r.kind.column].settles(r.kind))]
    steps = tuple(Step(r.id, frozenset(columns_of(r)), breaks(r), mends(r, derived)) for r in open_rules)
    cells = [r.kind for r in declared.rules if isinstance(r.kind, kinds.CellOf)]
    where = (cells[0].longitude, cells[0].latitude) if cells else None
    shapes = tuple((c.name, c.type) for c in declared.columns if c.type in (Type.BINARY, Type.BBOX)) if where else ()
    values = {name: value_of(domain) for name, domain in found.items()}
    slots = tuple(Slot(n, not d.nullable, not d.settable, d.codes is not None, values[n]) for n, d in found.items())
    places = {slot.name: number for number, slot in enumerate(slots)}
    return Plan(table, suite, origin, found, values, slots, places, steps, where, shapes)


def origins(table: str) -> tuple[str | None, ...]:
    """The origins that rows of the table can have; (None,) where the table knows none."""
    declared = schema.table(table)
    if ORIGIN not in declared.names or declared.column(ORIGIN).vocabulary is None:
        return (None,)
    return vocabulary.codes(declared.column(ORIGIN).vocabulary or "")


def make(plan: Plan, seed: Seed, position: int, fixed: Mapping[str, Any], skip: str | None = None) -> Row:
    """The row of the seed, with the fixed columns as they are.

    `skip`: the rule that need not hold. Where mending comes to no end the simplest row takes its place, so the row
    breaks a rule only if the simplest one does.
    """
    row = _mended(plan, seed, position, fixed, skip)
    if row is None:
        row = _mended(plan, SIMPLEST, position, fixed, skip)
    return row if row is not None else _drafted(plan, SIMPLEST, position, fixed, skip)[0]


def as_arrow(table: str, rows: Sequence[Row]) -> pa.Table:
    """Rows that have every column of the table, in order, as an Arrow table of the declared schema."""
    import pyarrow as pa

    declared = arrow_schema(table)
    columns = zip(*(row.values() for row in rows), strict=True) if rows else ((),) * len(declared)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, declared, strict=True)]
    return pa.Table.from_arrays(arrays, schema=declared)


def _mended(plan: Plan, seed: Seed, position: int, fixed: Mapping[str, Any], skip: str | None) -> Row | None:
    row, settled = _drafted(plan, seed, position, fixed, skip)
    return row if settled else None


def _drafted(plan: Plan, seed: Seed, position: int, fixed: Mapping[str, Any], skip: str | None) -> tuple[Row, bool]:
    indices = _indices(seed.noise, plan)
    row: Row = {}
    mask = seed.mask
    for (name, always, never, _, value), index in zip(plan.slots, indices, strict=True):
        row[name] = value(index, position) if always or (mask & 1 and not never) else None
        mask >>= 1
    row.update(fixed)

    def fresh(column: str, nudge: int = 0) -> Any:
        return plan.values[column](indices[plan.places[column]] + nudge, position)

    steps = [step for step in plan.steps if step.rule != skip] if skip else plan.steps
    todo: Iterable[Step] = steps
    for number in range(PASSES):
        changed: set[str] = set()
        for step in todo:
            if step.check(row):
                change = _choose(plan, step.moves(row, fresh), row, fixed, number // 2)
                row.update(change or {})
                changed |= change.keys() if change else step.columns
        if not changed:
            break
        todo = [step for step in steps if not step.columns.isdisjoint(changed)]
    _shape(plan, row, fixed)
    return row, not changed


def _choose(plan: Plan, moves: Any, row: Row, fixed: Mapping[str, Any], patience: int) -> Change | None:
    """The first change that is allowed; in later passes one further down, for rules that undo each other's."""
    last = None
    for change in moves:
        if change and all(
            row[c] == v if c in fixed or c == ORIGIN else plan.domains[c].admits(v) for c, v in change.items()
        ):
            last = change
            if not patience:
                break
            patience -= 1
    return last


def _indices(noise: int, plan: Plan) -> Sequence[int]:
    """A number for each column. Small noise stands for itself: its low byte for values, the next one for codes."""
    if noise < SMALL:
        low, high = noise & 255, noise >> 8
        return [high if slot.coded else low for slot in plan.slots]
    size = len(plan.slots)
    spread = hashlib.shake_128(noise.to_bytes(16, "big")).digest(8 * size)
    return struct.unpack(f"<{size}Q", spread)


def _shape(plan: Plan, row: Row, fixed: Mapping[str, Any]) -> None:
    """Geometry and bounding box, where they are set, are those of the point."""
    if plan.point is None or row[plan.point[0]] is None or row[plan.point[1]] is None:
        return
    x, y = row[plan.point[0]], row[plan.point[1]]
    for name, type in plan.shapes:
        if row[name] is not None and name not in fixed:
            row[name] = point(x, y) if type is Type.BINARY else box(x, y)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes rows of one table with some columns fixed, of the origins for which that can be done."""

    plans: tuple[Plan, ...]
    fixed: Mapping[str, Any]
    skip: str | None = None

    def row(self, seed: Seed, position: int) -> Row:
        """The row of the seed; the simplest row of a table is that of seed (0, 0)."""
        number = seed.noise >> 8 if seed.noise < SMALL else seed.noise
        return make(self.plans[number % len(self.plans)], seed, position, self.fixed, self.skip)


def maker(table: str, suite: str, fixed: Mapping[str, Any], skip: str | None = None) -> tuple[Maker, frozenset[str]]:
    """A maker over the origins in which the fixed columns break fewest rules; and the rules that they break there."""
    wanted = (fixed[ORIGIN],) if ORIGIN in fixed else origins(table)
    tried = []
    for origin in wanted:
        of_origin = plan(table, suite, origin if isinstance(origin, str) else None)
        row = make(of_origin, SIMPLEST, 0, fixed, skip)
        tried.append((broken_by(table, suite, row) - {skip}, of_origin))
    fewest = min((t[0] for t in tried), key=len)
    return Maker(tuple(p for b, p in tried if len(b) == len(fewest)), fixed, skip), frozenset(fewest)
