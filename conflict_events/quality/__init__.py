"""Validate event data: any input, a suite of rules, one shape of result."""

from __future__ import annotations

from typing import Any

from conflict_events.errors import UsageError
from conflict_events.quality.result import Checked, NotRun, Result

ENGINES = ("duckdb",)


def validate(
    data: Any,
    table: str | None = None,
    suite: str = "core",
    engine: str = "duckdb",
    memory_limit: str | None = None,
) -> Result:
    """Check data against the rules of a suite; every failing row is known.

    data: path(s), globs or folders of Parquet or CSV files; an Arrow, pandas or polars table; a DuckDB relation;
    or a mapping of table name to any of these. table: which table it is, where neither metadata nor columns tell.
    suite: `core`, or `release`, which adds dates, foreign keys, review and evidence. memory_limit: for DuckDB,
    as it writes it ('512MB').

    Raises UsageError where the call is wrong (unknown suite, no such file, a table that cannot be told, a file of
    a newer schema) and BadDataError where a file cannot be read at all.
    """
    if engine not in ENGINES:
        raise UsageError(f"no engine '{engine}': use one of {', '.join(ENGINES)}")
    from conflict_events.quality.engines import duckdb

    return duckdb.validate(data, table=table, suite=suite, memory_limit=memory_limit)


__all__ = ["ENGINES", "Checked", "NotRun", "Result", "validate"]
