"""Armed-conflict events: a versioned Parquet dataset, and the data-quality library that makes and checks it.

Names are loaded when they are first used, so that importing the package stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_WHERE = {
    "cite": "conflict_events.dataset.cite",
    "connect": "conflict_events.query",
    "convert": "conflict_events.converters",
    "diff": "conflict_events.dataset.diff",
    "link": "conflict_events.linking",
    "load": "conflict_events.dataset.release",
    "path": "conflict_events.dataset.release",
    "sql": "conflict_events.query",
    "validate": "conflict_events.quality",
}

_MODULES = ("plot", "schema")

if TYPE_CHECKING:
    from conflict_events import plot, schema
    from conflict_events.converters import convert
    from conflict_events.dataset.cite import cite
    from conflict_events.dataset.diff import diff
    from conflict_events.dataset.release import load, path
    from conflict_events.linking import link
    from conflict_events.quality import validate
    from conflict_events.query import connect, sql

__all__ = [
    "__version__",
    "cite",
    "connect",
    "convert",
    "diff",
    "link",
    "load",
    "path",
    "plot",
    "schema",
    "sql",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"conflict_events.{name}")
    if name in _WHERE:
        value = getattr(import_module(_WHERE[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'conflict_events' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
