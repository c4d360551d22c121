"""The public strategies. A row is drawn as a few bytes, so that drawing is cheap and shrinking has little to do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.schema import kinds
from conflict_events.testing.breaking import Broken, is_of_rows, row_case, sound, structure_case, tables_case
from conflict_events.testing.making import NOISE_BYTES, SIMPLEST, Seed, as_arrow, maker

if TYPE_CHECKING:
    import pyarrow as pa
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

WIDE = 200
"""Tables that may have more rows than this are drawn as one seed and a number of rows: they shrink less well."""


def rows(table: str = "events", suite: str = "core", **fixed: Any) -> SearchStrategy[dict[str, Any]]:
    """Rows, as dicts with every column of the table, that break no rule of the suite about a single row.

    fixed: columns that have this value in every row. Shrinks towards few columns set, small numbers and plain
    texts. Raises UsageError for an unknown table, suite or column, and where the fixed columns break a rule.
    """
    strategies = _hypothesis()
    _known(table, suite, fixed)
    made, _ = maker(table, suite, fixed)
    drawn = strategies.binary(min_size=_size(table), max_size=_size(table))
    return _made(drawn, lambda one: made.row(_seed(one), 0))


def tables(
    table: str = "events", min_rows: int = 0, max_rows: int = 50, suite: str = "core", **fixed: Any
) -> SearchStrategy[pa.Table]:
    """Arrow tables of the declared schema that break no rule of the suite, those about several rows included.

    Rules that look at other tables are left to `datasets`. fixed: columns that have this value in every row.
    Shrinks towards few rows, few columns set and small values. Raises UsageError as `rows` does; so does drawing
    where the fixed columns leave no room for `min_rows` rows (two rows of one event_id).
    """
    _hypothesis()
    _known(table, suite, fixed)

    def build(drawn: Any) -> pa.Table:
        made = sound(suite, {table: _read(drawn)}, fixed).rows[table]
        if len(made) < min_rows:
            raise UsageError(f"{', '.join(fixed)}: no {min_rows} rows of {table} can all have that value")
        return as_arrow(table, made)

    return _made(_seeds(table, min_rows, max_rows), build)


def datasets(min_rows: int = 0, max_rows: int = 10, suite: str = "release") -> SearchStrategy[dict[str, pa.Table]]:
    """Whole data sets: table name -> Arrow table, that together break no rule of the suite.

    Every table but the vocabulary and the crosswalks, which are constants. Each is drawn with min_rows to max_rows
    rows; rows that others need are added (a report for each event coded from articles), and rows that can point at
    nothing are left out. Raises UsageError for an unknown suite.
    """
    strategies = _hypothesis()
    names = [t.name for t in schema.TABLES if t not in schema.CROSSWALKS]
    _known(names[0], suite, {})

    def build(drawn: dict[str, Any]) -> dict[str, pa.Table]:
        seeds = {name: _read(drawn[name]) for name in names}
        return {name: as_arrow(name, made) for name, made in sound(suite, seeds).rows.items()}

    each = {name: _seeds(name, min_rows, max_rows) for name in names}
    return _made(strategies.fixed_dictionaries(each), build)


def broken(rule_id: str, table: str = "events", suite: str | None = None, max_rows: int = 5) -> SearchStrategy[Broken]:
    """Cases that break the rule: tables, and the rows of the rule's table that break it.

    No other rule of the suite is broken, but for those in `Broken.also`. suite: by default the first that has the
    rule. table: for rules about columns, which hold for every table. max_rows: how many sound rows stand beside
    the broken ones. A rule over several tables comes with a whole data set.

    Raises UsageError for an unknown rule, one that the suite does not have, one of text files alone (a value that
    does not read as its column's type): an Arrow table cannot break that; and one that compares two releases.
    """
    strategies = _hypothesis()
    if rule_id not in {r.id for r in schema.RULES}:
        raise UsageError(f"no rule '{rule_id}': `conflict-events schema show` lists them")
    rule = schema.rule(rule_id)
    structural = isinstance(rule.kind, kinds.Structure)
    own = table if rule.table == "*" else rule.table
    suite = suite or next((name for name, s in schema.SUITES.items() if s.has(rule)), next(iter(schema.SUITES)))
    _known(own, suite, {})
    chosen = suite
    if structural:
        structure_case(rule, own, suite, [SIMPLEST], 0)
        number = strategies.integers(0, len(schema.table(own).columns) - 1)
        pair = strategies.tuples(_seeds(own, 0, max_rows), number)
        return _made(pair, lambda d: structure_case(rule, own, chosen, _read(d[0]), d[1]))
    if not isinstance(rule.kind, kinds.RowKind | kinds.RelationalKind):
        raise UsageError(f"{rule_id} is not of one release's tables: there are no cases of it")
    if not schema.SUITES[suite].has(rule):
        raise UsageError(f"suite {suite} does not have {rule_id}")
    if is_of_rows(rule):
        pair = strategies.tuples(_seeds(own, 0, max_rows), _seeds(own, 1, 2))
        return _made(pair, lambda d: row_case(rule, chosen, _read(d[0]), _read(d[1])))
    names = [t.name for t in schema.TABLES if t not in schema.CROSSWALKS]
    alone = getattr(rule.kind, "table", own) == own
    beside = {name: _seeds(name, 0, max_rows) for name in ([own] if alone else names)}
    one = strategies.binary(min_size=_size(own), max_size=_size(own))

    def build(drawn: tuple[dict[str, Any], bytes]) -> Broken:
        return tables_case(rule, chosen, {name: _read(drawn[0][name]) for name in beside}, _seed(drawn[1]))

    return _made(strategies.tuples(strategies.fixed_dictionaries(beside), one), build)


def _hypothesis() -> ModuleType:
    try:
        from hypothesis import strategies
    except ImportError as error:
        raise UsageError("hypothesis is not installed: install conflict-events[testing]") from error
    return strategies


def _known(table: str, suite: str, fixed: dict[str, Any]) -> None:
    """UsageError where a name is unknown, or where the fixed columns break a rule by themselves."""
    if suite not in schema.SUITES:
        raise UsageError(f"no suite '{suite}': use one of {', '.join(schema.SUITES)}")
    if table not in {t.name for t in schema.TABLES}:
        raise UsageError(f"no table '{table}': use one of {', '.join(t.name for t in schema.TABLES)}")
    strange = set(fixed) - set(schema.table(table).names)
    if strange:
        raise UsageError(f"{table} has no column {', '.join(sorted(strange))}")
    _, broken_rules = maker(table, suite, fixed)
    if broken_rules:
        shown = ", ".join(f"{c}={v!r}" for c, v in fixed.items())
        raise UsageError(f"{shown}: no row can have this and keep {', '.join(sorted(broken_rules))}")


def _size(table: str) -> int:
    return -(-len(schema.table(table).columns) // 8) + NOISE_BYTES


def _seed(drawn: bytes) -> Seed:
    return Seed(int.from_bytes(drawn[:-NOISE_BYTES], "little"), int.from_bytes(drawn[-NOISE_BYTES:], "big"))


def _made(drawn: SearchStrategy[Any], build: Callable[[Any], T]) -> SearchStrategy[T]:
    """What `build` makes of what is drawn; unlike `.map`, a failing example shows what was made, not the bytes."""

    def draw_and_build(draw: Callable[[SearchStrategy[Any]], Any]) -> T:
        return build(draw(drawn))

    made: SearchStrategy[T] = _hypothesis().composite(draw_and_build)()
    return made


def _seeds(table: str, min_rows: int, max_rows: int) -> SearchStrategy[Any]:
    """What `_read` makes seeds of: bytes for each row, or for a wide table a number of rows and bytes for all."""
    strategies = _hypothesis()
    size = _size(table)
    one = strategies.binary(min_size=size, max_size=size)
    wide = strategies.tuples(strategies.integers(min_rows, max_rows), one)
    drawn: SearchStrategy[Any] = strategies.lists(one, min_size=min_rows, max_size=max_rows)
    return drawn if max_rows <= WIDE else wide


def _read(drawn: list[bytes] | tuple[int, bytes]) -> list[Seed]:
    return _spread(*drawn) if isinstance(drawn, tuple) else [_seed(one) for one in drawn]


def _spread(number: int, drawn: bytes) -> list[Seed]:
    """As many seeds as there are rows, from one; the simplest of all from zeros."""
    if not any(drawn):
        return [SIMPLEST] * number
    whole = hashlib.shake_128(drawn).digest(number * len(drawn))
    return [_seed(whole[n : n + len(drawn)]) for n in range(0, len(whole), len(drawn))]
