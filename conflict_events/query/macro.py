"""The macros: one `.sql` file each in `macros/`, made of a comment that documents it and one CREATE MACRO.

They are plain DuckDB: over views or tables named as ours they work from any client, read in the order of `names()`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "macros"

FIRST = (
    "haversine_km",
    "checked_latitude",
    "longitude_reach",
    "checked_last",
    "bounded_low",
    "checked_choice",
    "covered_months",
    "coverage_counts",
    "seen_as",
    "counted_events",
    "event_months",
    "placed_months",
    "release_order",
)
"""Macros that others call: DuckDB binds a macro when it is made, so they come first."""


@cache
def names() -> tuple[str, ...]:
    """The names of all macros, in the order in which they can be loaded."""
    found = sorted(path.stem for path in FOLDER.glob("*.sql"))
    return (*FIRST, *(name for name in found if name not in FIRST))


@cache
def text(name: str) -> str:
    """The `.sql` file of one macro."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def script() -> str:
    """All macros as one SQL script."""
    return "\n".join(text(name) for name in names())
