"""One validation from input to result, whatever the engine."""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import first_line
from conflict_events.quality import failures, inputs, plan
from conflict_events.quality.engines import Engine
from conflict_events.quality.inputs import FILE
from conflict_events.quality.result import Checked, NotRun, Result
from conflict_events.quality.rows import StoredRows
from conflict_events.quality.structure import Usable, check_columns

if TYPE_CHECKING:
    import duckdb


def run(engine: Engine, data: Any, *, table: str | None, suite: str, memory_limit: str | None = None) -> Result:
    """Check the data against the suite; see `conflict_events.validate`. `memory_limit` as DuckDB writes it."""
    import duckdb

    spill = tempfile.mkdtemp(prefix="conflict-events-")
    con = _connect(spill)
    try:
        if memory_limit:
            _limit(con, memory_limit)
        return _run(con, spill, engine, data, table, suite)
    except BaseException as error:
        _close(con, spill)
        if isinstance(error, duckdb.OutOfMemoryException):
            raise UsageError(
                f"the memory limit is too small for this data: raise --memory-limit ({first_line(error)})"
            ) from error
        if isinstance(error, (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)):
            raise BadDataError(f"the data cannot be read to its end: {first_line(error)}") from error
        raise


def _run(
    con: duckdb.DuckDBPyConnection, spill: str, engine: Engine, data: Any, table: str | None, suite: str
) -> Result:
    started = time.perf_counter()
    parts = inputs.parts(con, data, table)
    before = inputs.stamps(parts)
    if all(part.positioned for part in parts):
        con.execute("SET preserve_insertion_order = false")
    failures.create(con)
    counts: dict[str, int] = {}
    not_run: list[NotRun] = []
    usable = [check_columns(con, part, counts) for part in parts]
    by_table: dict[str, list[Usable]] = {}
    for part in usable:
        by_table.setdefault(part.table.name, []).append(part)
        rules = [r for r in plan.row_rules(part.table.name, suite) if _columns_there(r, part, not_run)]
        if rules:
            for rule_id, n in engine.check_rows(con, part, rules).items():
                counts[rule_id] = counts.get(rule_id, 0) + n
    for name in by_table:
        rules = [r for r in plan.relational_rules(name, suite) if _tables_there(r, by_table, not_run)]
        if rules:
            counts.update(engine.check_relations(con, by_table, name, rules))
    checked = _count_rows(con, usable)
    found = failures.collect(con)
    inputs.refuse_changed(before)
    rows = StoredRows(con, tuple(usable), suite, before)
    weakref.finalize(rows, _close, con, spill)  # the connection and its folder live as long as the result does
    seconds = time.perf_counter() - started
    return Result(suite, engine.name, checked, counts, found, tuple(not_run), seconds, no_excuses(), {}, rows)


def no_excuses() -> Any:
    """An empty table of excused failures."""
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [("rule_id", text), ("file", text), ("row", pa.int64()), ("key", text), ("message", text), ("reason", text)]
    ).empty_table()


def _connect(spill: str) -> duckdb.DuckDBPyConnection:
    import duckdb

    con = duckdb.connect(config={"temp_directory": spill, "autoinstall_known_extensions": "false"})
    # measured: looking for common subexpressions in some eighty predicates costs more than it saves
    con.execute("SET disabled_optimizers = 'common_subexpressions'")
    return con


def _limit(con: duckdb.DuckDBPyConnection, memory_limit: str) -> None:
    import duckdb

    try:
        con.execute("SET memory_limit = ?", [memory_limit])
    except duckdb.Error as error:
        raise UsageError(f"'{memory_limit}' is no amount of memory: write it as 512MB or 4GB") from error


def _close(con: duckdb.DuckDBPyConnection, spill: str) -> None:
    con.close()
    shutil.rmtree(spill, ignore_errors=True)


def _tables_there(rule: schema.Rule, by_table: dict[str, list[Usable]], not_run: list[NotRun]) -> bool:
    """Whether every table and column that a relational rule needs was given; what is not goes to `not_run`."""
    before = len(not_run)
    for part in by_table[rule.table]:
        _columns_there(rule, part, not_run)
    other = getattr(rule.kind, "other", None)
    for table in plan.needs(rule):
        if table not in by_table:
            not_run.append(NotRun(rule.id, rule.table, None, f"table {table} was not given"))
        for part in by_table.get(table, ()):
            if other not in part.good:
                reason = f"column {other} of {table} is missing or mistyped"
                not_run.extend(NotRun(rule.id, rule.table, file, reason) for file in part.files)
    return len(not_run) == before


def _columns_there(rule: schema.Rule, part: Usable, not_run: list[NotRun]) -> bool:
    lacking = [c for c in plan.columns(rule) if c not in part.good]
    if lacking:
        reason = f"column {lacking[0]} is missing or mistyped"
        not_run.extend(NotRun(rule.id, part.table.name, file, reason) for file in part.files)
    return not lacking


def _count_rows(con: duckdb.DuckDBPyConnection, parts: Sequence[Usable]) -> tuple[Checked, ...]:
    out: list[Checked] = []
    for part in parts:
        rows = dict(con.execute(f"SELECT {FILE}, count(*) FROM ({part.sql}) GROUP BY {FILE}").fetchall())
        out.extend(Checked(part.table.name, file, rows.get(file, 0)) for file in part.files)
    return tuple(out)
