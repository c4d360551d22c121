"""One block of cells to rows of ours: what a worker does, in a DuckDB connection of its own."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from conflict_events.converters.conversion import SetAside
from conflict_events.converters.tabular import select
from conflict_events.converters.tabular.days import Order
from conflict_events.converters.tabular.grouping import Grouped
from conflict_events.converters.tabular.lookup import listed, with_lookups
from conflict_events.converters.tabular.native import Seen, look
from conflict_events.converters.tabular.select import BAD, BLOCK, ROW, Sheet

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from conflict_events.converters.reading import Block

_here = threading.local()


@dataclass(frozen=True, slots=True)
class Done:
    """A block converted. `tables`: rows of the table that the dataset goes into, and of those beside it.

    before, aside: sums of deaths by source column, over all rows that were read and over those set aside; where rows
    are parts of events, over events. merged: rows that are part of an event beside its first.
    """

    name: str
    rows_in: int
    tables: dict[str, pa.Table]
    set_aside: tuple[SetAside, ...]
    before: dict[str, float] = field(default_factory=dict)
    aside: dict[str, float] = field(default_factory=dict)
    notes: tuple[int, ...] = ()
    bytes: int = 0
    merged: int = 0


def convert(block: Block, sheet: Sheet, name: str, order: Callable[[], Order | None], sides: bool) -> Done:
    """The rows of a block, each either converted or set aside.

    order: asks the whole file how its numeric days are ordered; called only where a day can be read two ways.
    sides: whether the tables beside the dataset's own are wanted.
    """
    dataset = sheet.known.dataset
    con = _connection(sheet)
    con.register(BLOCK, with_lookups(_numbered(block.table), dataset))
    seen = look(block.table, sheet.known)
    sheet = replace(sheet, digits=seen.digits, plain_days=sheet.order is None)
    try:
        table = _rows(con, sheet, sides, seen)
        if sheet.plain_days and _has_bad_day(table, sheet):
            sheet = replace(sheet, plain_days=False)
            table = _rows(con, sheet, sides, seen)
        if sheet.order is None and _has_bad_day(table, sheet):
            found = order()
            if found is not None:
                sheet = replace(sheet, order=found)
                table = _rows(con, sheet, sides, seen)
        set_aside = [SetAside(name, r.line, r.reason) for r in block.rejects]
        good, bad = _part(table)
        set_aside += [one for row in bad for one in _reasons(block, sheet, name, row[ROW], row[BAD])]
        set_aside.sort(key=lambda one: one.line or 0)
        before = _sums(con, sheet)
        aside = {column: math.fsum(row[f"cell_{column}"] or 0 for row in bad) for column in before}
        notes = tuple(_true(good.column(f"note_{i}")) for i in range(len(dataset.notes)))
        rows_in, merged = block.table.num_rows, 0
        if isinstance(block, Grouped):
            rows_in = sum(block.sizes)
            merged = sum(block.sizes[row] - 1 for row in good.column(ROW).to_pylist())
        tables = {dataset.into: _finish(good, sheet)}
        if sides:
            for side in dataset.sides:
                tables[side.table] = _typed(con.sql(select.beside(side)).to_arrow_table(), side.table)
    finally:
        con.unregister(BLOCK)
    rows_in += len(block.rejects)
    return Done(name, rows_in, tables, tuple(set_aside), before, aside, notes, block.bytes, merged)


def _numbered(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    return table.append_column(ROW, pa.array(range(table.num_rows), pa.int32()))


def _connection(sheet: Sheet) -> duckdb.DuckDBPyConnection:
    """This thread's connection, with what the dataset's SQL needs. One thread each: blocks run side by side."""
    import duckdb

    found: dict[str, duckdb.DuckDBPyConnection] | None = getattr(_here, "connections", None)
    if found is None:
        found = _here.connections = {}
    name = sheet.known.dataset.name
    if name not in found:
        con = duckdb.connect(config={"threads": 1, "autoload_known_extensions": "false"})
        con.execute("SET python_enable_replacements = false")
        for statement in sheet.known.dataset.prepare:
            con.execute(statement)
        found[name] = con
    return found[name]


def _rows(con: duckdb.DuckDBPyConnection, sheet: Sheet, sides: bool, seen: Seen) -> pa.Table:
    relation = f"({select.read(sheet)})"
    if sides and sheet.known.dataset.sides:
        con.execute(f"CREATE OR REPLACE TEMP TABLE read AS FROM {relation}")
        relation = "read"
        table = con.sql(select.rows(sheet, relation, seen)).to_arrow_table()
        con.execute(f"DELETE FROM read WHERE {BAD} IS NOT NULL")
        return table
    return con.sql(select.rows(sheet, relation, seen)).to_arrow_table()


def _part(table: pa.Table) -> tuple[pa.Table, list[dict[str, Any]]]:
    """The sound rows, and position, column and deaths of those that are not."""
    import pyarrow.compute as pc

    bad = table.column(BAD)
    if bad.null_count == len(bad):
        return table, []
    told = [name for name in table.column_names if name in (ROW, BAD) or name.startswith("cell_")]
    return table.filter(pc.is_null(bad)), table.filter(pc.is_valid(bad)).select(told).to_pylist()


def _has_bad_day(table: pa.Table, sheet: Sheet) -> bool:
    days = set(select.day_columns(sheet))
    bad = table.column(BAD)
    return bad.null_count < len(bad) and not days.isdisjoint(bad.unique().to_pylist())


def _reasons(block: Block, sheet: Sheet, name: str, row: int, column: str) -> list[SetAside]:
    """Why a row was set aside; of an event in several rows, each of them."""
    why = _reason(block, sheet, row, column)
    lines = block.lines_of(row) if isinstance(block, Grouped) else [block.line_of(row)]
    return [SetAside(name, line, why) for line in lines]


def _reason(block: Block, sheet: Sheet, row: int, column: str) -> str:
    mapped = next(m for m in sheet.known.dataset.mapped if m.source == column)
    header = next((c.header for c in sheet.known.columns if c.sql == column), column)
    if column not in block.table.column_names:
        return f"column '{header}': not in this file"
    cell = block.table.column(column)[row].as_py()
    if cell is None or not cell.strip():
        return f"column '{header}': empty"
    shown = cell if len(cell) <= 60 else cell[:57] + "..."
    return f"column '{header}': {shown!r} is no {mapped.kind.what}"


def _sums(con: duckdb.DuckDBPyConnection, sheet: Sheet) -> dict[str, float]:
    """The sum of each death count, taken from the cells themselves and not from what they became."""
    counts = select.death_cells(sheet)
    if not counts:
        return {}
    sums = ", ".join(f"coalesce(sum({number}), 0)" for number in counts.values())
    [row] = con.execute(f"SELECT {sums} FROM {BLOCK}").fetchall()
    return dict(zip(counts, row, strict=True))


def _finish(good: pa.Table, sheet: Sheet) -> pa.Table:
    """The rows as the declared table, geometry made."""
    from conflict_events.targets.arrow import arrow_schema
    from conflict_events.targets.geo import with_geometry

    into = sheet.known.dataset.into
    if "derived" in good.column_names:
        names = [name for name, _ in select.derivable(sheet.known.dataset)]
        at = good.column_names.index("derived")
        good = good.set_column(at, "derived", listed(good.column("derived"), names))
    table = good.select(arrow_schema(into).names).cast(arrow_schema(into))
    return with_geometry(table.combine_chunks()) if into == "events" and table.num_rows else table


def _typed(rows: pa.Table, table: str) -> pa.Table:
    from conflict_events.targets.arrow import arrow_schema

    return rows.cast(arrow_schema(table))


def _true(flags: pa.ChunkedArray) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(flags).as_py() or 0)
