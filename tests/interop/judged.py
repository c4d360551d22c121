"""What validation says of events, in short."""

from __future__ import annotations

from typing import Any

import conflict_events as ce


def failed(data: Any) -> dict[str, int]:
    """How many rows fail each rule that any row fails."""
    return {rule: n for rule, n in ce.validate(data).counts.items() if n}
