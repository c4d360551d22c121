"""Cases: tables in which one rule is broken, and which rows break it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.schema import kinds
from conflict_events.schema.types import Type
from conflict_events.testing import relations
from conflict_events.testing.checking import Row, broken_by
from conflict_events.testing.domains import ORIGIN
from conflict_events.testing.making import SIMPLEST, Plan, Seed, as_arrow, make, maker, origins, plan
from conflict_events.testing.mending import Change, Fresh
from conflict_events.testing.settling import Draft, connect, settle
from conflict_events.testing.spoiling import spoils
from conflict_events.testing.text import SMALL
from conflict_events.testing.upsetting import upsets

if TYPE_CHECKING:
    import pyarrow as pa

ALONE = 1_000
"""Positions of the rows that break a rule, so that their keys are their own."""


@dataclass(frozen=True)
class Broken:
    """Tables that break one rule of a suite.

    rows: 0-based positions, in the rule's own table, of the rows that break it; empty for a rule about columns.
    also: ids of other rules that are broken with it, because no row can break this one alone; mostly empty.
    """

    rule_id: str
    suite: str
    tables: dict[str, pa.Table]
    rows: tuple[int, ...]
    also: tuple[str, ...] = ()


Recipe = tuple[str | None, int]
"""An origin, and the number of a way to break the rule in rows of it."""


def is_of_rows(rule: schema.Rule) -> bool:
    """Whether one row alone can break the rule."""
    return isinstance(rule.kind, kinds.RowKind | kinds.ItemsAreColumns)


def row_case(rule: schema.Rule, suite: str, good: Sequence[Seed], bad: Sequence[Seed]) -> Broken:
    """Rows of which those of the bad seeds break a rule of a row kind. Each stands at a place of its own choice."""
    made, _ = maker(rule.table, suite, {})
    rows = [made.row(seed, n) for n, seed in enumerate(good)]
    draft = Draft(suite, {rule.table: rows})
    for number, seed in enumerate(bad):
        row, fixed = spoiled(rule, suite, seed, ALONE + number)
        rows.insert(seed.noise % (len(rows) + 1), row)
        draft.fixed[id(row)] = frozenset(fixed)
    return _case(rule, draft)


def spoiled(rule: schema.Rule, suite: str, seed: Seed, position: int) -> tuple[Row, Change]:
    """A row that breaks the rule and as few others as can be, and the columns that make it break it."""
    fewest, recipes = _recipes(rule, suite)
    for number in range(len(recipes)):
        row, fixed = _by_recipe(rule, suite, recipes[(seed.noise + number) % len(recipes)], seed, position)
        broken = broken_by(rule.table, suite, row)
        if rule.id in broken and len(broken) == fewest:
            return row, fixed
    return _by_recipe(rule, suite, recipes[0], SIMPLEST, position)


@cache
def _recipes(rule: schema.Rule, suite: str) -> tuple[int, tuple[Recipe, ...]]:
    """The ways in which fewest rules break, this one among them; and how many that is."""
    tried: list[tuple[int, Recipe]] = []
    for origin in rule.origins or origins(rule.table):
        of_origin = plan(rule.table, suite, origin)
        for number in range(len(_ways(rule, of_origin, SIMPLEST, ALONE))):
            row, _ = _by_recipe(rule, suite, (origin, number), SIMPLEST, ALONE)
            broken = broken_by(rule.table, suite, row)
            if rule.id in broken:
                tried.append((len(broken), (origin, number)))
    if not tried:
        raise UsageError(f"no row was found that breaks {rule.id} in suite {suite}")
    fewest = min(n for n, _ in tried)
    return fewest, tuple(recipe for n, recipe in tried if n == fewest)


def _ways(rule: schema.Rule, of_origin: Plan, seed: Seed, position: int) -> list[Change]:
    def fresh(column: str, nudge: int = 0) -> Any:
        return of_origin.values[column](seed.noise + nudge, position)

    own = {ORIGIN: of_origin.origin} if of_origin.origin is not None else {}
    return [{**own, **way} for way in spoils(rule, of_origin, fresh)]


def _by_recipe(rule: schema.Rule, suite: str, recipe: Recipe, seed: Seed, position: int) -> tuple[Row, Change]:
    origin, number = recipe
    ways = _ways(rule, plan(rule.table, suite, origin), seed, position)
    fixed = ways[number % len(ways)]
    own = fixed.get(ORIGIN, origin)
    return make(plan(rule.table, suite, own), seed, position, fixed, rule.id), fixed


def tables_case(rule: schema.Rule, suite: str, good: Mapping[str, Sequence[Seed]], seed: Seed) -> Broken:
    """Sound tables, and rows added that break a rule over several rows or tables."""
    found: list[Broken] = []
    # values of the seed first; the simplest ones where they break another rule
    for noise in (seed.noise, 0):
        for additions in upsets(rule, _fresh(rule, suite, noise)):
            case = _upset(rule, suite, good, seed if noise else SIMPLEST, additions)
            found += [case] if case.rows else []
            if case.rows and not case.also:
                return case
    if not found:
        raise UsageError(f"no rows were found that break {rule.id} in suite {suite}")
    return min(found, key=lambda case: len(case.also))


def _fresh(rule: schema.Rule, suite: str, noise: int) -> Fresh:
    """Values for the columns of added rows; those of different nudges differ."""
    values = plan(rule.table, suite, rule.origins[0] if rule.origins else origins(rule.table)[0]).values
    return lambda column, nudge=0: values[column](noise + nudge * (1 if noise < SMALL else SMALL + 1), ALONE)


def _upset(
    rule: schema.Rule, suite: str, good: Mapping[str, Sequence[Seed]], seed: Seed, additions: list[tuple[str, Change]]
) -> Broken:
    draft = sound(suite, good)
    for name, fixed in additions:
        row = draft.add(name, fixed, seed)
        draft.fixed[id(row)] = frozenset(fixed)
    return _case(rule, draft)


def sound(suite: str, seeds: Mapping[str, Sequence[Seed]], fixed: Mapping[str, Any] | None = None) -> Draft:
    """Tables that break no rule of the suite. `fixed` are columns that every row has."""
    columns = dict(fixed or {})
    rows = {}
    for name, of_table in seeds.items():
        made, _ = maker(name, suite, columns)
        rows[name] = [made.row(seed, n) for n, seed in enumerate(of_table)]
    draft = Draft(suite, rows, keep=frozenset(columns))
    connect(draft, every=1 if len(rows) > 1 else 2)
    settle(draft)
    return draft


def _case(rule: schema.Rule, draft: Draft) -> Broken:
    settle(draft, skip=rule.id)
    suite = draft.suite
    also: set[str] = set()
    rows: list[int] = []
    for name, of_table in draft.rows.items():
        for number, row in enumerate(of_table):
            broken = broken_by(name, suite, row)
            also |= broken
            if rule.id in broken:
                rows.append(number)
    for other in draft.rules():
        failed = relations.failing(other, draft.rows)
        if other.id == rule.id:
            rows = failed
        elif failed:
            also.add(other.id)
    tables = {name: as_arrow(name, of_table) for name, of_table in draft.rows.items()}
    return Broken(rule.id, suite, tables, tuple(rows), tuple(sorted(also - {rule.id})))


def structure_case(rule: schema.Rule, table: str, suite: str, good: Sequence[Seed], number: int) -> Broken:
    """A table whose columns are not those declared; UsageError where only a text file can be so."""
    import pyarrow as pa

    arrow = as_arrow(table, sound(suite, {table: good}).rows[table])
    column = schema.table(table).columns[number % arrow.num_columns]
    match rule.kind:
        case kinds.Structure("missing"):
            arrow = arrow.drop_columns([column.name])
        case kinds.Structure("extra"):
            arrow = arrow.append_column(f"extra_{number}", pa.nulls(arrow.num_rows, pa.string()))
        case kinds.Structure("mistyped"):
            wrong = pa.int32() if column.type in (Type.STRING, Type.BINARY) else pa.string()
            place = arrow.column_names.index(column.name)
            arrow = arrow.set_column(place, column.name, pa.nulls(arrow.num_rows, wrong))
        case _:
            raise UsageError(f"{rule.id} is of text files alone, and no Arrow table can break it: write a CSV instead")
    return Broken(rule.id, suite, {table: arrow}, ())
