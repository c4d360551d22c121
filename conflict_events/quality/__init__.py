"""Validate event data: any input, a suite of rules, any engine, one shape of result."""

from __future__ import annotations

import os
from collections.abc import Mapping
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
    mapping: str | os.PathLike[str] | None = None,
    policy: str | os.PathLike[str] | None = None,
    baseline: str | os.PathLike[str] | None = None,
    against: Any = None,
) -> Result:
    """Check data against the rules of a suite; every failing row is known.

    data: path(s), globs or folders of Parquet or CSV files; an Arrow, pandas, GeoPandas, polars or Spark frame; a
    Hugging Face Dataset; a DuckDB relation; or a mapping of table name to any of these. table: which table it is,
    where neither metadata nor columns tell. suite: `core`; `release`, which adds dates, foreign keys, review and
    evidence; or `upstream`, for converted third-party data. engine: one of ENGINES, or `auto`; all find the same
    failures. memory_limit: for DuckDB, as it writes it ('512MB'). mapping: a file that says how the columns of data
    that names them otherwise stand for the table's; see `quality.mapping`. policy: a file of waivers and thresholds;
    see `quality.policy`. baseline: a file of known failures, which do not make the data bad; see `quality.baseline`.
    against: the release before, as `data` is given, to compare volume, nulls, codes and coverage with.

    Raises UsageError where the call is wrong (unknown suite, no such file, a table that cannot be told, a file of
    a newer schema, an engine whose library is not installed) and BadDataError where a file cannot be read at all.
    """
    from conflict_events.quality import engines, plan
    from conflict_events.quality.policy import Policy, read
    from conflict_events.quality.run import Call, run

    call = Call(
        suite=plan.known_suite(suite),
        table=table,
        memory_limit=memory_limit,
        mapping=mapping,
        policy=read(policy) if policy is not None else Policy(),
        baseline=baseline,
        against=against,
    )
    return run(engines.engine(_fitting(data) if engine == AUTO else engine), data, call)


def _fitting(data: Any) -> str:
    """The name of the engine that fits the data."""
    each = data.values() if isinstance(data, Mapping) else [data]
    return "spark" if any(type(one).__module__.split(".")[0] == "pyspark" for one in each) else ENGINES[0]


__all__ = ["AUTO", "ENGINES", "Checked", "NotRun", "Result", "validate"]
