"""What pandera's two engines share: the rules as one DataFrameSchema, run to its end, and its errors by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw

from conflict_events import schema
from conflict_events.quality.engines.frame import EngineError
from conflict_events.quality.engines.quiet import quiet
from conflict_events.targets.pandera import Frames, dataframe_schema
from conflict_events.targets.predicates import predicate


def errors(
    frames: Frames, frame: Any, rules: Sequence[schema.Rule], flags: frozenset[str]
) -> Iterator[tuple[str, Any]]:
    """Rule id and pandera's SchemaError, for each check that fails; EngineError where a check could not run."""
    with quiet():
        from pandera.config import ValidationDepth, config_context
        from pandera.errors import SchemaErrorReason, SchemaErrors

        asked, own = dataframe_schema(frames, rules, flags)
        shared = {rule.id: predicate(rule) for rule in rules if rule.id not in own and rule.id not in flags}
        if shared:
            frame = nw.from_native(frame).with_columns(**shared).to_native()
        # whatever the user's environment says of pandera, all of it runs
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            try:
                asked.validate(frame, lazy=True, inplace=True)
            except SchemaErrors as found:
                failed = found.schema_errors
            else:
                return
    for error in failed:
        if error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS:
            yield error.schema.title, error
        elif error.reason_code is SchemaErrorReason.DATAFRAME_CHECK and error.check_output is not None:
            yield error.check.error, error
        else:
            raise EngineError(f"pandera could not run a check: {error.reason_code}, {error.check}, {error}")
