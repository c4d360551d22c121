"""What the engines have in common that hold a table in memory: its rows come in one form, its failures leave in one.

A frame engine is two functions: `native` turns an Arrow table into its library's frame; `failing` finds, for each
rule, the positions of the rows that break it. A rule over several rows or tables is put to it as a boolean column
named after the rule, made by narwhals on frames of that same library, unless the engine `says` it itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import ConflictEventsError
from conflict_events.quality import failures, plan
from conflict_events.quality.engines import Counts, Engine
from conflict_events.quality.inputs import FILE, ROW
from conflict_events.quality.structure import Usable
from conflict_events.schema.types import Type

if TYPE_CHECKING:
    import duckdb
    import narwhals as nw
    import pyarrow as pa

NUMBER = "__ce_number"
"""The column that numbers the rows of a frame, from 0."""

_PLAIN = {
    Type.STRING: "VARCHAR",
    Type.INT8: "BIGINT",
    Type.INT32: "BIGINT",
    # no rule looks into one: only whether it is null
    Type.BINARY: "BOOLEAN",
    Type.AFFILIATIONS: "BOOLEAN",
    Type.BBOX: "BOOLEAN",
}
"""The DuckDB type in which a frame engine sees a column, where the declared one has forms that libraries differ in."""


class EngineError(ConflictEventsError):
    """The library behind an engine could not run a rule: a fault of ours, not the user's (exit 3)."""

    exit_code = 3


_ENDS = {
    Type.INT8: ("CAST(-9007199254740992 AS BIGINT)", "CAST(9007199254740992 AS BIGINT)"),
    Type.INT32: ("CAST(-9007199254740992 AS BIGINT)", "CAST(9007199254740992 AS BIGINT)"),
    Type.DATE: ("DATE '0001-01-01'", "DATE '9999-12-31'"),
}
"""Values beyond these, far out of every rule's range, are seen as the end itself: some libraries have no others."""


@dataclass(frozen=True, slots=True)
class FrameEngine:
    """An engine over frames in memory; see the module."""

    name: str
    native: Callable[[pa.Table], Any]
    failing: Callable[[Any, Sequence[schema.Rule], frozenset[str]], Iterator[tuple[str, Any]]]
    """(frame, rules, ids of those that stand as boolean columns) -> rule id and positions, for each rule that fails."""
    says: Callable[[schema.Rule], bool] = lambda _: False
    """Whether the library itself can say a rule over several rows, row for row as we mean it."""

    def engine(self) -> Engine:
        """This as an Engine."""
        return Engine(self.name, self._check_rows, self._check_relations)

    def _check_rows(self, con: duckdb.DuckDBPyConnection, part: Usable, rules: Sequence[schema.Rule]) -> Counts:
        rows = read(con, [part], rules)
        if not rows.num_rows:
            # there is nothing to break a rule, and some libraries stumble over columns without a value
            return dict.fromkeys((rule.id for rule in rules), 0)
        return self._check(con, [part], rules, rows, self.native(rows), {})

    def _check_relations(
        self,
        con: duckdb.DuckDBPyConnection,
        tables: Mapping[str, Sequence[Usable]],
        table: str,
        rules: Sequence[schema.Rule],
    ) -> Counts:
        import narwhals as nw

        from conflict_events.targets.relational_frames import failing

        rows = read(con, tables[table], rules)
        if not rows.num_rows:
            return dict.fromkeys((rule.id for rule in rules), 0)
        own = self.native(rows)
        frames: dict[str, nw.LazyFrame[Any]] = {table: nw.from_native(own).lazy()}
        for other in {name for rule in rules for name in plan.needs(rule)}:
            frames[other] = nw.from_native(self.native(read_keys(con, tables[other], rules, other))).lazy()
        shared = (rule for rule in rules if not self.says(rule))
        broken = {rule.id: failing(rule, frames, [NUMBER]).collect()[NUMBER].to_arrow() for rule in shared}
        return self._check(con, tables[table], rules, rows, own, broken)

    def _check(
        self,
        con: duckdb.DuckDBPyConnection,
        parts: Sequence[Usable],
        rules: Sequence[schema.Rule],
        rows: pa.Table,
        frame: Any,
        broken: Mapping[str, Any],
    ) -> Counts:
        """Put the rules to the library and record what it finds."""
        import pyarrow as pa

        if broken:
            frame = self.native(_with_flags(rows, broken))
        pieces = []
        for rule_id, positions in self.failing(frame, rules, frozenset(broken)):
            places = rows.select([FILE, ROW]).take(pa.array(positions, pa.int64()))
            pieces.append(places.add_column(0, "rule_id", pa.repeat(rule_id, places.num_rows)))
        found = pa.concat_tables(pieces) if pieces else _nothing()
        return failures.record(con, parts, rules, found)


def read(con: duckdb.DuckDBPyConnection, parts: Sequence[Usable], rules: Sequence[schema.Rule]) -> pa.Table:
    """The columns that the rules need of the parts' rows, with FILE, ROW and NUMBER."""
    return read_columns(con, parts, needed_columns(rules), f"{FILE}, {ROW}, row_number() OVER () - 1 AS {NUMBER}")


def needed_columns(rules: Sequence[schema.Rule]) -> set[str]:
    """The columns of their own table that the rules need."""
    return {c for rule in rules for c in plan.columns(rule)}


def read_keys(
    con: duckdb.DuckDBPyConnection, parts: Sequence[Usable], rules: Sequence[schema.Rule], table: str
) -> pa.Table:
    """The columns of another table that the rules point at."""
    return read_columns(con, parts, key_columns(rules, table), "")


def key_columns(rules: Sequence[schema.Rule], table: str) -> set[str]:
    """The columns of another table that the rules point at."""
    needed = {str(getattr(r.kind, "other", "")) for r in rules if table in plan.needs(r)}
    return needed | {w.column for r in rules if table in plan.needs(r) and (w := getattr(r.kind, "where", None))}


def read_columns(con: duckdb.DuckDBPyConnection, parts: Sequence[Usable], needed: set[str], more: str) -> pa.Table:
    """The needed columns of the parts' rows in the form that frame engines see, and `more` columns in SQL."""
    table = parts[0].table
    columns = [_plain(c) for c in table.columns if c.name in needed]
    rows = " UNION ALL BY NAME ".join(part.sql for part in parts)
    return con.sql(f"SELECT {', '.join([*columns, more] if more else columns)} FROM ({rows})").to_arrow_table()


def _plain(column: schema.Column) -> str:
    plain = _PLAIN.get(column.type)
    if column.type in _ENDS:
        low, high = _ENDS[column.type]
        clipped = f'greatest({low}, least({high}, "{column.name}"))'
        return f'CASE WHEN "{column.name}" IS NOT NULL THEN {clipped} END AS "{column.name}"'
    if plain == "BOOLEAN":
        return f'CASE WHEN "{column.name}" IS NOT NULL THEN true END AS "{column.name}"'
    return f'CAST("{column.name}" AS {plain}) AS "{column.name}"' if plain else f'"{column.name}"'


def _with_flags(rows: pa.Table, broken: Mapping[str, Any]) -> pa.Table:
    """The rows with a boolean column a rule: false where the row breaks it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for rule_id, positions in broken.items():
        broken_here = pc.is_in(rows[NUMBER], value_set=pa.array(positions, pa.int64()))
        rows = rows.append_column(rule_id, pc.invert(broken_here))
    return rows


def _nothing() -> pa.Table:
    import pyarrow as pa

    return pa.schema([("rule_id", pa.string()), (FILE, pa.string()), (ROW, pa.int64())]).empty_table()
