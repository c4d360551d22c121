"""The polars engine: every row rule one expression, all of them in one lazy query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.quality.engines.frame import NUMBER, FrameEngine

if TYPE_CHECKING:
    import pyarrow as pa


def _native(rows: pa.Table) -> Any:
    import polars as pl

    return pl.from_arrow(rows)


def _failing(frame: Any, rules: Sequence[schema.Rule], flags: frozenset[str]) -> Iterator[tuple[str, Any]]:
    import narwhals as nw

    from conflict_events.targets.predicates import predicate

    wanted = {rule.id: nw.col(rule.id) if rule.id in flags else predicate(rule) for rule in rules}
    lazy = nw.from_native(frame).lazy()
    # only a row that breaks a rule leaves the query
    holds = lazy.select(NUMBER, **wanted).filter(nw.any_horizontal(*(~nw.col(r) for r in wanted), ignore_nulls=True))
    broken = holds.collect()
    for rule_id in wanted:
        positions = broken.filter(~nw.col(rule_id))[NUMBER]
        if len(positions):
            yield rule_id, positions.to_arrow()


ENGINE = FrameEngine("polars", _native, _failing).engine()
