"""The reference engine: DuckDB, one scan for all row rules of a part, larger than memory.

Each row rule sets a bit; only rows with a bit set leave the scan, so every failing row is known and nothing else
is kept. Rules over several rows or tables run as the queries of validation/sql.
"""

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
from conflict_events.quality import inputs, plan
from conflict_events.quality.engines.message import identifier, in_sql, placeholders, shown
from conflict_events.quality.engines.structure import Usable, check_columns
from conflict_events.quality.inputs import FILE, ROW
from conflict_events.quality.result import Checked, NotRun, Result

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

BITS = 62
"""Rules in one mask: a BIGINT's bits, its sign and one more kept free."""


def validate(data: Any, *, table: str | None, suite: str, memory_limit: str | None = None) -> Result:
    """Check the data against the suite; see `conflict_events.validate`. `memory_limit` as DuckDB writes it."""
    import duckdb

    try:
        return _validate(data, table, suite, memory_limit)
    except duckdb.OutOfMemoryException as error:
        raise UsageError(
            f"the memory limit is too small for this data: raise --memory-limit ({first_line(error)})"
        ) from error
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as error:
        raise BadDataError(f"the data cannot be read to its end: {first_line(error)}") from error


def _validate(data: Any, table: str | None, suite: str, memory_limit: str | None) -> Result:
    spill = tempfile.mkdtemp(prefix="conflict-events-")
    con = _connect(spill)
    try:
        if memory_limit:
            _limit(con, memory_limit)
        return _run(con, spill, data, table, suite)
    except BaseException:
        _close(con, spill)
        raise


def _run(con: duckdb.DuckDBPyConnection, spill: str, data: Any, table: str | None, suite: str) -> Result:
    started = time.perf_counter()
    parts = inputs.parts(con, data, table)
    before = inputs.stamps(parts)
    if all(part.positioned for part in parts):
        con.execute("SET preserve_insertion_order = false")
    con.execute(
        'CREATE TEMP TABLE _failures (rule_id VARCHAR, "file" VARCHAR, "row" BIGINT, "key" VARCHAR, message VARCHAR)'
    )
    counts: dict[str, int] = {}
    not_run: list[NotRun] = []
    usable = [check_columns(con, part, counts) for part in parts]
    for part in usable:
        _run_row_rules(con, part, suite, counts, not_run)
    _run_relational_rules(con, usable, suite, counts, not_run)
    checked = _count_rows(con, usable)
    failures = con.sql('FROM _failures ORDER BY rule_id, "file", "row", message').to_arrow_table()
    inputs.refuse_changed(before)

    def split(name: str, good: bool) -> pa.Table:
        inputs.refuse_changed(before)
        return _split(con, [p for p in usable if p.table.name == name], good)

    weakref.finalize(split, _close, con, spill)  # the connection and its folder live as long as the result does
    seconds = time.perf_counter() - started
    return Result(suite, "duckdb", checked, counts, failures, tuple(not_run), seconds, split)


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


def _run_row_rules(
    con: duckdb.DuckDBPyConnection,
    part: Usable,
    suite: str,
    counts: dict[str, int],
    not_run: list[NotRun],
) -> None:
    """One scan of the part for all of its row rules."""
    runnable = []
    for rule in plan.rules(part.table.name, suite):
        if "predicate" in plan.sql()[rule.id] and _columns_there(rule, part, not_run):
            runnable.append(rule)
            counts.setdefault(rule.id, 0)
    if not runnable:
        return
    chunks = [runnable[i : i + BITS] for i in range(0, len(runnable), BITS)]
    masks = ", ".join(f"{_mask(chunk)} AS _m{i}" for i, chunk in enumerate(chunks))
    shown = sorted({c for rule in runnable for c in placeholders(rule.message)} & set(part.good))
    kept = "".join(f', "{c}"' for c in shown)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE _failing AS SELECT {FILE}, {ROW}, {_key(part)} AS _key{kept}, "
        f"{', '.join(f'_m{i}' for i in range(len(chunks)))} FROM (SELECT *, {masks} FROM ({part.sql})) "
        f"WHERE {' OR '.join(f'_m{i} <> 0' for i in range(len(chunks)))}"
    )
    sums = ", ".join(
        f"count(*) FILTER (_m{i} & {1 << bit} <> 0)" for i, chunk in enumerate(chunks) for bit in range(len(chunk))
    )
    found = con.execute(f"SELECT {sums} FROM _failing").fetchone()
    assert found is not None
    places = [(i, bit, rule) for i, chunk in enumerate(chunks) for bit, rule in enumerate(chunk)]
    for n, (i, bit, rule) in zip(found, places, strict=True):
        counts[rule.id] += n
        if n:
            con.execute(
                f"INSERT INTO _failures SELECT '{rule.id}', {FILE}, {ROW}, _key, {_message(rule, part)} "
                f"FROM _failing WHERE _m{i} & {1 << bit} <> 0"
            )
    con.execute("DROP TABLE _failing")


def _run_relational_rules(
    con: duckdb.DuckDBPyConnection,
    parts: Sequence[Usable],
    suite: str,
    counts: dict[str, int],
    not_run: list[NotRun],
) -> None:
    """The queries of the rules over several rows or tables, on views named as the tables are."""
    by_table: dict[str, list[Usable]] = {}
    for part in parts:
        by_table.setdefault(part.table.name, []).append(part)
    for name, of_table in by_table.items():
        con.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {" UNION ALL BY NAME ".join(p.sql for p in of_table)}')
    for name, of_table in by_table.items():
        for rule in plan.rules(name, suite):
            entry = plan.sql()[rule.id]
            if "query" not in entry:
                continue
            if not _tables_there(rule, by_table, not_run):
                continue
            result = con.execute(
                f"INSERT INTO _failures SELECT '{rule.id}', {FILE}, {ROW}, {_key(of_table[0])}, "
                f"{_message(rule, of_table[0])} FROM ({entry['query']})"
            ).fetchone()
            counts[rule.id] = int(result[0]) if result else 0


def _tables_there(rule: schema.Rule, by_table: dict[str, list[Usable]], not_run: list[NotRun]) -> bool:
    """Whether every table and column that a relational rule needs was given; what is not goes to `not_run`."""
    before = len(not_run)
    for part in by_table[rule.table]:
        _columns_there(rule, part, not_run)
    other = getattr(rule.kind, "other", None)
    for table in plan.sql()[rule.id]["needs"]:
        if table not in by_table:
            not_run.append(NotRun(rule.id, rule.table, None, f"table {table} was not given"))
        for part in by_table.get(table, ()):
            if other not in part.good:
                reason = f"column {other} of {table} is missing or mistyped"
                not_run.extend(NotRun(rule.id, rule.table, file, reason) for file in part.files)
    return len(not_run) == before


def _columns_there(rule: schema.Rule, part: Usable, not_run: list[NotRun]) -> bool:
    lacking = [c for c in plan.sql()[rule.id]["columns"] if c not in part.good]
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


def _split(con: duckdb.DuckDBPyConnection, parts: Sequence[Usable], good: bool) -> pa.Table:
    """The good or the bad rows of one table's parts, as they were given, in order."""
    import pyarrow as pa

    of_table = {r.id for p in parts for r in (*p.table.rules, *schema.STRUCTURAL)}
    errors = ", ".join(f"'{r}'" for r in sorted(of_table) if schema.rule(r).severity is schema.Severity.ERROR)
    kept = "NOT EXISTS" if good else "EXISTS"
    pieces = [
        con.sql(
            f"SELECT * EXCLUDE ({FILE}, {ROW}) FROM ({part.original}) AS r WHERE {kept} (SELECT 1 FROM _failures AS f "
            f'WHERE f."file" = r.{FILE} AND f."row" = r.{ROW} AND f.rule_id IN ({errors})) ORDER BY {FILE}, {ROW}'
        ).to_arrow_table()
        for part in parts
    ]
    try:
        return pa.concat_tables(pieces, promote_options="default")
    except pa.ArrowException as error:
        raise UsageError(
            f"the files of {parts[0].table.name} have columns of different types: validate them one by one "
            f"({first_line(error)})"
        ) from error


def _mask(rules: Sequence[schema.Rule]) -> str:
    bits = (f"CASE WHEN NOT {plan.sql()[r.id]['predicate']} THEN {1 << bit} ELSE 0 END" for bit, r in enumerate(rules))
    return f"CAST({' + '.join(bits)} AS BIGINT)"


def _key(part: Usable) -> str:
    keys = [f"coalesce({shown(identifier(c), 200)}, '')" for c in part.table.key if c in part.good]
    return f"nullif(concat_ws(' | ', {', '.join(keys)}), '')" if keys else "CAST(NULL AS VARCHAR)"


def _message(rule: schema.Rule, part: Usable) -> str:
    return in_sql(rule.message, {c: identifier(c) for c in placeholders(rule.message) if c in part.good})
