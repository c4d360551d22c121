"""What the tests of the strategies share."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings

import conflict_events as ce

QUICK = settings(
    max_examples=5,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def broken_rules(data: Any, suite: str) -> dict[str, int]:
    """Rule id -> number of failures, of the rules that failed."""
    return {rule: count for rule, count in ce.validate(data, suite=suite).counts.items() if count}
