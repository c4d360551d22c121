"""The competitors of `validate_engines`: each checks one Parquet file of events and counts the failing rows by rule.

A competitor is a module with a function `counts(path, rules)`, written as a user of its library would write it; the
rules come from the declaration. `python -m tests.benchmarks.peers NAME PATH` runs one and prints JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Any

from conflict_events import schema
from conflict_events.quality import plan


@dataclass(frozen=True, slots=True)
class Competitor:
    """`packages`: the distributions that it needs. `others`: whether it starts processes of its own, as Spark does."""

    title: str
    packages: tuple[str, ...]
    module: str = "ours"
    others: bool = False


COMPETITORS = {
    "decode": Competitor("DuckDB decodes and hashes the columns, no rule", ("duckdb",), "decode"),
    "duckdb": Competitor("conflict-events, engine duckdb", ("duckdb",)),
    "polars": Competitor("conflict-events, engine polars", ("polars",)),
    "pandera": Competitor("conflict-events, engine pandera", ("pandera", "pandas")),
    "pandera-polars": Competitor("conflict-events, engine pandera-polars", ("pandera", "polars")),
    "gx": Competitor("conflict-events, engine gx", ("great_expectations", "pandas")),
    "spark": Competitor("conflict-events, engine spark", ("pyspark",), others=True),
    "dataframely-alone": Competitor("dataframely", ("dataframely", "polars"), "dataframely"),
    "pointblank-alone": Competitor("pointblank on polars", ("pointblank", "polars"), "pointblank"),
    "pandera-polars-alone": Competitor("pandera on polars", ("pandera", "polars"), "pandera_polars"),
    "pandera-alone": Competitor("pandera on pandas", ("pandera", "pandas"), "pandera_pandas"),
    "gx-alone": Competitor("Great Expectations on pandas", ("great_expectations", "pandas"), "gx_pandas"),
}
"""By name. The names without `-alone` are engines of ours."""


def lacking(name: str) -> str | None:
    """The first package that the competitor needs and that is not installed."""
    return next((p for p in COMPETITORS[name].packages if find_spec(p) is None), None)


def versions() -> dict[str, str]:
    """Package -> version, of those that are installed."""
    named = sorted({p for one in COMPETITORS.values() for p in one.packages} | {"narwhals", "pyarrow"})
    return {p: metadata.version(p) for p in named if find_spec(p) is not None}


def rules() -> tuple[schema.Rule, ...]:
    """The rules that all are put to: every core rule of events."""
    return schema.rules("events", "core")


def columns(wanted: tuple[schema.Rule, ...]) -> list[str]:
    """The columns that the rules read, in the table's order."""
    read = {c for rule in wanted for c in plan.columns(rule)}
    return [c for c in schema.table("events").names if c in read]


def count(name: str, path: str, **options: Any) -> dict[str, int]:
    """Rule id -> number of failing rows, for each rule that the competitor runs."""
    module = import_module(f"tests.benchmarks.peers.{COMPETITORS[name].module}")
    if COMPETITORS[name].module == "ours":
        options["engine"] = name
    found: dict[str, int] = module.counts(path, rules(), **options)
    return found
