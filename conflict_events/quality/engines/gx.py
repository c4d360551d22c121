"""The gx engine: Great Expectations' own expectations on pandas, in a context that lives and dies in memory.

Nothing leaves the process: usage statistics are off, and no store, no docs and no progress bar is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import narwhals as nw

from conflict_events import schema
from conflict_events.quality.engines.frame import NUMBER, EngineError, FrameEngine
from conflict_events.quality.engines.pandera_pandas import native
from conflict_events.quality.engines.quiet import quiet
from conflict_events.schema import kinds
from conflict_events.targets import gx as words
from conflict_events.targets.predicates import predicate


def _says(rule: schema.Rule) -> bool:
    return isinstance(rule.kind, kinds.Unique) and bool(words.expectations(rule))


def _failing(frame: Any, rules: Sequence[schema.Rule], flags: frozenset[str]) -> Iterator[tuple[str, Any]]:
    frame, asked = ask(frame, rules, flags)
    found: dict[str, set[int]] = {}
    with quiet():
        for result in _validate(frame, asked):
            rule_id = result.expectation_config.meta["rule_id"]
            if not result.success:
                found.setdefault(rule_id, set()).update(_positions(rule_id, result))
    return iter((rule_id, sorted(positions)) for rule_id, positions in found.items())


def ask(frame: Any, rules: Sequence[schema.Rule], flags: frozenset[str]) -> tuple[Any, list[words.Expectation]]:
    """The expectations that the rules are, and the frame with the columns that some of them look at."""
    said = {rule.id: words.expectations(rule) for rule in rules if rule.id not in flags}
    shared = {rule.id: predicate(rule) for rule in rules if rule.id in said and not said[rule.id]}
    if shared:
        frame = nw.from_native(frame).with_columns(**shared).to_native()
    frame = frame.assign(**{NUMBER: range(len(frame))})
    return frame, [e for rule in rules for e in (said.get(rule.id) or [words.of_column(rule)])]


def _validate(frame: Any, asked: Sequence[words.Expectation]) -> list[Any]:
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    batch = context.data_sources.pandas_default.read_dataframe(frame)
    suite = gx.ExpectationSuite(name="conflict-events", expectations=list(asked))
    complete = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": [NUMBER],
        "return_unexpected_index_query": False,
    }
    results: list[Any] = batch.validate(suite, result_format=complete).results
    if len(results) != len(asked):
        raise EngineError(f"great_expectations was asked {len(asked)} expectations and answered {len(results)}")
    return results


def _positions(rule_id: str, result: Any) -> list[int]:
    """The rows that break the expectation; EngineError where GX raised rather than looked."""
    rows = result.result.get("unexpected_index_list")
    if rows is None or len(rows) != result.result.get("unexpected_count"):
        raise EngineError(f"great_expectations could not run rule {rule_id}: {_reason(result.exception_info)}")
    return [row[NUMBER] for row in rows]


def _reason(info: Any) -> str:
    """The first message in what GX tells of an exception: a dict, or a dict of them by metric."""
    told = [info, *(value for value in (info or {}).values() if isinstance(value, dict))]
    return next((str(i["exception_message"]) for i in told if i and i.get("exception_message")), "no reason given")


ENGINE = FrameEngine("gx", native, _failing, _says).engine()
