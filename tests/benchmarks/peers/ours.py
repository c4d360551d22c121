"""conflict-events itself, with any of its engines."""

from __future__ import annotations

from collections.abc import Sequence

import conflict_events as ce
from conflict_events import schema


def counts(
    path: str, rules: Sequence[schema.Rule], engine: str = "duckdb", memory_limit: str | None = None
) -> dict[str, int]:
    """Failing rows by rule: every one of them stands in the result's failures, with its message."""
    result = ce.validate(path, table="events", engine=engine, memory_limit=memory_limit)
    return {rule.id: result.counts[rule.id] for rule in rules if rule.id in result.counts}
