"""Validate event data: any input, a suite of rules, any engine, one shape of result."""

from __future__ import annotations

from typing import Any

from conflict_events.quality.engines import ENGINES
from conflict_events.quality.result import Checked, NotRun, Result

AUTO = "auto"
"""The engine that fits the data: spark for a Spark frame, else the reference engine, duckdb."""


def validate(
    data: Any,
    table: str | None = None,
    suite: str = "core",
    engine: str = AUTO,
    memory_limit: str | None = None,
) -> Result:
    """Check data against the rules of a suite; every failing row is known.

    data: path(s), globs or folders of Parquet or CSV files; an Arrow, pandas, polars or Spark frame; a DuckDB
    relation; or a mapping of table name to any of these. table: which table it is, where neither metadata nor
    columns tell. suite: `core`; `release`, which adds dates, foreign keys, review and evidence; or `upstream`, for
    converted third-party data. engine: one of ENGINES, or `auto`; all find the same failures. memory_limit: for
    DuckDB, as it writes it ('512MB').

    Raises UsageError where the call is wrong (unknown suite, no such file, a table that cannot be told, a file of
    a newer schema, an engine whose library is not installed) and BadDataError where a file cannot be read at all.
    """
    from conflict_events.quality import engines, plan
    from conflict_events.quality.run import run

    return run(
        engines.engine(_fitting(data) if engine == AUTO else engine),
        data,
        table=table,
        suite=plan.known_suite(suite),
        memory_limit=memory_limit,
    )


def _fitting(data: Any) -> str:
    """The name of the engine that fits the data."""
    one = next(iter(data.values()), None) if isinstance(data, dict) else data
    return "spark" if type(one).__module__.split(".")[0] == "pyspark" else ENGINES[0]


__all__ = ["AUTO", "ENGINES", "Checked", "NotRun", "Result", "validate"]
