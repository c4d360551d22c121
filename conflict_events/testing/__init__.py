"""Test your own pipeline: Hypothesis strategies for rows, tables and data sets that keep every rule, or break one.

Everything is made from the declaration, by rule kind. Needs the extra `testing`. The names are loaded when asked for,
because the pytest plugin lies beside them and pytest loads it at every start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conflict_events.testing.breaking import Broken
    from conflict_events.testing.strategies import broken, datasets, rows, tables

_HOME = {
    "Broken": "breaking",
    "broken": "strategies",
    "datasets": "strategies",
    "rows": "strategies",
    "tables": "strategies",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


__all__ = ["Broken", "broken", "datasets", "rows", "tables"]
