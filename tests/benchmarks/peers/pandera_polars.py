"""pandera on polars: built-in checks for columns, and a check on the frame for each other rule, all lazily."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import polars as pl

from conflict_events import schema
from conflict_events.targets.pandera import say
from tests.benchmarks import peers
from tests.benchmarks.peers.polars_rules import expression

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pandera.polars as pa
    from pandera.errors import SchemaErrors


def counts(path: str, rules: Sequence[schema.Rule]) -> dict[str, int]:
    """Failing rows by rule; the errors hold them all."""
    read = pl.scan_parquet(path).select(peers.columns(tuple(rules)))
    # pandera writes failing rows as JSON and cannot write bytes; rules ask only whether there is a geometry
    frame = read.with_columns(pl.when(pl.col("geometry").is_not_null()).then(True).alias("geometry")).collect()
    asked, run = _schema(rules)
    found = dict.fromkeys(run, 0)
    broken: dict[str, pl.Series] = {}
    try:
        asked.validate(frame, lazy=True)
    except SchemaErrors as failed:
        for error in failed.schema_errors:
            name = error.schema.title if error.schema.title in found else error.check.error
            bad = ~error.check_output["check_output"].fill_null(True)
            broken[name] = broken[name] | bad if name in broken else bad
    return found | {name: int(bad.sum()) for name, bad in broken.items()}


def _schema(rules: Sequence[schema.Rule]) -> tuple[Any, list[str]]:
    checks: dict[str, list[Any]] = {}
    required: dict[str, str] = {}
    whole, run = [], []
    for rule in rules:
        said = say(rule, "polars")
        if said and not said.checks:
            checks.setdefault(said.column, [])
            required[said.column] = rule.id
        elif said:
            own = (getattr(pa.Check, check.name)(**check.arguments, error=rule.id) for check in said.checks)
            checks.setdefault(said.column, []).extend(own)
        elif (wanted := expression(rule)) is not None:
            whole.append(pa.Check(_check(wanted), error=rule.id))
        else:
            continue
        run.append(rule.id)
    columns = {
        name: pa.Column(checks=own, nullable=name not in required, title=required.get(name))
        for name, own in checks.items()
    }
    return pa.DataFrameSchema(columns, checks=whole), run


def _check(wanted: pl.Expr) -> Any:
    return lambda data: data.lazyframe.select(wanted.fill_null(True))
