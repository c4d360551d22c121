"""Great Expectations on pandas with Arrow's types: the suite of validation/gx, as its README says to run it.

The suite has the rules that Great Expectations can say by itself. Results are asked for complete, with each row.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import pyarrow.parquet as pq

from conflict_events import schema
from conflict_events.targets.gx import expectations
from tests.benchmarks import peers

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import great_expectations as gx
    import pandas as pd
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

_ROW = "row"


def counts(path: str, rules: Sequence[schema.Rule]) -> dict[str, int]:
    """Failing rows by rule; the results hold them all."""
    frame = pq.read_table(path, columns=peers.columns(tuple(rules))).to_pandas(types_mapper=pd.ArrowDtype)
    frame[_ROW] = range(len(frame))
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    asked = [e for rule in rules for e in expectations(rule)]
    suite = gx.ExpectationSuite(name="events", expectations=asked)
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": [_ROW]}
    batch = context.data_sources.pandas_default.read_dataframe(frame)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = batch.validate(suite, result_format=wanted).results
    broken: dict[str, set[int]] = {e["meta"]["rule_id"]: set() for e in asked}
    for result in results:
        said = result.expectation_config
        assert said is not None
        broken[said.meta["rule_id"]].update(row[_ROW] for row in result.result.get("unexpected_index_list") or ())
    return {rule_id: len(rows) for rule_id, rows in broken.items()}
