"""dataframely: a schema class with its own constraints for columns, and an expression a rule for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import dataframely as dy
import polars as pl

from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.schema.types import Type
from tests.benchmarks import peers
from tests.benchmarks.peers.polars_rules import expression

_TYPES: dict[Type, Callable[..., dy.Column]] = {
    Type.STRING: dy.String,
    Type.BOOL: dy.Bool,
    Type.INT8: dy.Int8,
    Type.INT32: dy.Int32,
    Type.FLOAT: dy.Float32,
    Type.DOUBLE: dy.Float64,
    Type.DATE: dy.Date,
    Type.STRINGS: lambda **said: dy.List(dy.String(nullable=True), **said),
}


def counts(path: str, rules: Sequence[schema.Rule]) -> dict[str, int]:
    """Failing rows by rule; `failure` holds them all."""
    wanted = peers.columns(tuple(rules))
    asked, names = _schema(rules, wanted)
    _, failure = asked.filter(pl.scan_parquet(path).select(wanted)).collect_all()
    found = failure.counts()
    assert len(failure) >= max(found.values(), default=0)
    return {rule_id: sum(found.get(name, 0) for name in own) for rule_id, own in names.items()}


def _schema(rules: Sequence[schema.Rule], columns: Sequence[str]) -> tuple[type[dy.Schema], dict[str, tuple[str, ...]]]:
    """The schema, and the names under which dataframely counts a rule's failures."""
    said: dict[str, dict[str, Any]] = {c: {"nullable": True} for c in columns}
    names: dict[str, tuple[str, ...]] = {}
    body: dict[str, Any] = {}
    for rule in rules:
        match rule.kind:
            case kinds.Required(column):
                said[column]["nullable"] = False
                names[rule.id] = (f"{column}|nullability",)
            case kinds.Between(column, low, None) if low == 0 and not rule.origins:
                said[column]["min"] = low
                names[rule.id] = (f"{column}|min",)
            case _ if (wanted := expression(rule)) is not None:
                body[rule.id] = _rule(wanted)
                names[rule.id] = (rule.id,)
    for column in columns:
        make = _TYPES.get(schema.table("events").column(column).type)
        body[column] = make(**said[column]) if make else dy.Any()
    return type("Events", (dy.Schema,), body), names


def _rule(wanted: pl.Expr) -> Any:
    return dy.rule()(lambda _: wanted)
