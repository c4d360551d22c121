"""The pandera-polars engine: pandera's own checks on polars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.quality.engines.frame import FrameEngine
from conflict_events.quality.engines.pandera_run import errors

if TYPE_CHECKING:
    import pyarrow as pa


def _native(rows: pa.Table) -> Any:
    import polars as pl

    return pl.from_arrow(rows)


def _failing(frame: Any, rules: Sequence[schema.Rule], flags: frozenset[str]) -> Iterator[tuple[str, Any]]:
    found: dict[str, set[int]] = {}
    for rule_id, error in errors("polars", frame, rules, flags):
        # a row a row of the frame; the failure cases have values only
        passed = error.check_output["check_output"]
        found.setdefault(rule_id, set()).update(passed.eq(False).fill_null(False).arg_true())
    return iter((rule_id, sorted(positions)) for rule_id, positions in found.items())


ENGINE = FrameEngine("pandera-polars", _native, _failing).engine()
