"""One validation from input to result, whatever the engine."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import first_line
from conflict_events.quality import excuses, failures, inputs, mapped, plan
from conflict_events.quality.against import compare
from conflict_events.quality.baseline import read as read_baseline
from conflict_events.quality.engines import Engine
from conflict_events.quality.inputs import FILE
from conflict_events.quality.mapping import load
from conflict_events.quality.policy import Policy, allowed
from conflict_events.quality.result import Checked, NotRun, Result
from conflict_events.quality.rows import StoredRows
from conflict_events.quality.structure import Usable, check_columns

if TYPE_CHECKING:
    import duckdb


SMALL = 200_000
"""Rows below which planning a query costs more than running it."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked besides the data and the engine; see `conflict_events.validate`."""

    suite: str
    table: str | None = None
    memory_limit: str | None = None
    mapping: str | os.PathLike[str] | None = None
    policy: Policy = field(default_factory=Policy)
    baseline: str | os.PathLike[str] | None = None
    against: Any = None


def run(engine: Engine, data: Any, call: Call) -> Result:
    """Check the data against the suite; see `conflict_events.validate`."""
    import duckdb

    spill = tempfile.mkdtemp(prefix="conflict-events-")
    con = _connect(spill)
    try:
        if call.memory_limit is not None:
            _limit(con, call.memory_limit)
        return _run(con, spill, engine, data, call)
    except BaseException as error:
        _close(con, spill)
        if isinstance(error, duckdb.OutOfMemoryException):
            raise UsageError(
                f"the memory limit is too small for this data: raise --memory-limit ({first_line(error)})"
            ) from error
        if isinstance(error, (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)):
            raise BadDataError(f"the data cannot be read to its end: {first_line(error)}") from error
        raise


def _run(con: duckdb.DuckDBPyConnection, spill: str, engine: Engine, data: Any, call: Call) -> Result:
    started = time.perf_counter()
    known = call.baseline if call.baseline is not None else call.policy.baseline
    baseline = read_baseline(known, call.suite) if known is not None else None
    parts = _parts(con, engine, data, call)
    before = inputs.stamps(parts)
    old = _release_before(con, engine, call, before)
    if all(part.positioned for part in parts):
        con.execute("SET preserve_insertion_order = false")
    failures.create(con)
    counts: dict[str, int] = {}
    not_run: list[NotRun] = []
    usable = [check_columns(con, part, counts) for part in parts]
    by_table = _by_table(usable)
    checked = _count_rows(con, usable)
    _tune(con, sum(one.rows for one in checked))
    for part in usable:
        rules = [r for r in plan.row_rules(part.table.name, call.suite) if _columns_there(r, part, not_run)]
        if rules:
            for rule_id, n in engine.check_rows(con, part, rules).items():
                counts[rule_id] = counts.get(rule_id, 0) + n
    for name in by_table:
        rules = [r for r in plan.relational_rules(name, call.suite) if _tables_there(r, by_table, not_run)]
        if rules:
            counts.update(engine.check_relations(con, by_table, name, rules))
    if old is not None:
        counts.update(compare(con, by_table, old, call.policy.limits, not_run))
    found = failures.collect(con, [file for part in usable if part.held for file in part.files])
    excused = excuses.excused(con, found, call.policy, baseline)
    inputs.refuse_changed(before)
    rows = StoredRows(con, tuple(usable), call.suite, before)
    weakref.finalize(rows, _close, con, spill)  # the connection and its folder live as long as the result does
    in_table: dict[str, int] = {}
    for one in checked:
        in_table[one.table] = in_table.get(one.table, 0) + one.rows
    return Result(
        call.suite,
        engine.name,
        checked,
        counts,
        found,
        tuple(not_run),
        time.perf_counter() - started,
        excused,
        allowed(call.policy, in_table),
        rows,
    )


def _parts(con: duckdb.DuckDBPyConnection, engine: Engine, data: Any, call: Call) -> list[inputs.Part]:
    if call.mapping is None:
        return inputs.parts(con, data, call.table, engine.hold)
    return mapped.parts(con, data, load(call.mapping, call.table))


def _release_before(
    con: duckdb.DuckDBPyConnection, engine: Engine, call: Call, before: inputs.Stamps
) -> dict[str, list[Usable]] | None:
    """The tables to compare with, their files stamped too. What is wrong in their columns is no failure here."""
    if call.against is None:
        return None
    failures.create(con)
    parts = _parts(con, engine, call.against, call)
    before.update(inputs.stamps(parts))
    return _by_table([check_columns(con, part, {}) for part in parts])


def _by_table(parts: Sequence[Usable]) -> dict[str, list[Usable]]:
    out: dict[str, list[Usable]] = {}
    for part in parts:
        out.setdefault(part.table.name, []).append(part)
    return out


def _connect(spill: str) -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(config={"temp_directory": spill, "autoinstall_known_extensions": "false"})


def _tune(con: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Leave out what the optimizer of DuckDB does in vain. Measured with some eighty predicates in one query."""
    disabled = ["common_subexpressions"]  # looking for them costs more than it saves, at any size
    if rows < SMALL:
        disabled += ["in_clause", "filter_pushdown"]  # 0.4 s of planning becomes 0.06 s; ten million rows need both
    con.execute(f"SET disabled_optimizers = '{','.join(disabled)}'")


def _limit(con: duckdb.DuckDBPyConnection, memory_limit: str) -> None:
    if not re.fullmatch(r"[1-9][0-9]*(\.[0-9]+)? ?[KMGT]i?B", memory_limit, re.IGNORECASE):
        raise UsageError(f"'{memory_limit}' is no amount of memory: write it as 512MB or 4GB")
    con.execute("SET memory_limit = ?", [memory_limit])


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
        absent = lacking[0] in part.absent
        reason = f"column {lacking[0]} is {'absent (mapping)' if absent else 'missing or mistyped'}"
        not_run.extend(NotRun(rule.id, part.table.name, file, reason) for file in part.files)
    return not lacking


def _count_rows(con: duckdb.DuckDBPyConnection, parts: Sequence[Usable]) -> tuple[Checked, ...]:
    out: list[Checked] = []
    for part in parts:
        if part.held:
            out.append(Checked(part.table.name, part.held.label, part.held.count()))
            continue
        rows = dict(con.execute(f"SELECT {FILE}, count(*) FROM ({part.sql}) GROUP BY {FILE}").fetchall())
        out.extend(Checked(part.table.name, file, rows.get(file, 0)) for file in part.files)
    return tuple(out)
