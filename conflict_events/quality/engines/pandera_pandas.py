"""The pandera engine: pandera's own checks on pandas, with Arrow's types so that a null is no NaN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.quality.engines.frame import FrameEngine
from conflict_events.quality.engines.pandera_run import errors

if TYPE_CHECKING:
    import pyarrow as pa


def native(rows: pa.Table) -> Any:
    """The rows as a pandas frame of Arrow's types, numbered from 0 by its index."""
    import pandas as pd

    return rows.to_pandas(types_mapper=pd.ArrowDtype)


def _failing(frame: Any, rules: Sequence[schema.Rule], flags: frozenset[str]) -> Iterator[tuple[str, Any]]:
    found: dict[str, set[int]] = {}
    for rule_id, error in errors("arrow", frame, rules, flags):
        found.setdefault(rule_id, set()).update(error.failure_cases["index"])
    return iter((rule_id, sorted(positions)) for rule_id, positions in found.items())


ENGINE = FrameEngine("pandera", native, _failing).engine()
