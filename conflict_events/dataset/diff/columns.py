"""Which columns of a table are compared, and how: by value, key by key, as labels of a release, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events import schema
from conflict_events.schema.column import Column
from conflict_events.schema.types import Type
from conflict_events.targets.accepted import ACCEPTED

LABELS = {"events": ("coder", "origin_version", "release_added", "release_revised")}
"""Columns that say which release a row is of. They change with every release and revise nothing."""

FOLLOWS = ("geometry", "bbox")
"""Columns that follow from the coordinates always, and so are never compared."""

NATIVE = "native"
CELL, LATITUDE, LONGITUDE = "priogrid_gid", "latitude", "longitude"

_SPELLED_EXACTLY = ("country", "evidence_sha256", "text_sha256", "url", "language")


@dataclass(frozen=True, slots=True)
class Compared:
    """The columns of one table that both sides have, by how they are compared."""

    key: tuple[str, ...]
    values: tuple[str, ...]
    labels: tuple[str, ...]
    native: bool


def compared(table: schema.Table, shared: set[str]) -> Compared:
    """How the columns that both sides have are compared."""
    labels = tuple(name for name in LABELS.get(table.name, ()) if name in shared)
    apart = {*table.key, *labels, *FOLLOWS, NATIVE}
    values = tuple(name for name in table.names if name in shared and name not in apart)
    return Compared(table.key, values, labels, NATIVE in shared)


def meet(table: schema.Table, one: str, other: str) -> str:
    """The SQL that is true where rows of `one` and `other` have one key. Where a column of it may be null, null is a
    value like others, as of a code that has no dates."""
    operators = {name: "IS NOT DISTINCT FROM" if table.column(name).nullable else "=" for name in table.key}
    return " AND ".join(
        f"{one}.{identifier(k)} {operator} {other}.{identifier(k)}" for k, operator in operators.items()
    )


def sql_type(column: Column) -> str:
    """The DuckDB type in which both sides are compared."""
    return ACCEPTED[column.type][0]


def may_be_spelled(column: Column) -> bool:
    """Whether the column holds names or prose, which can be spelled in two ways; ids and codes cannot."""
    exact = column.vocabulary or column.name.endswith("_id") or column.name in _SPELLED_EXACTLY
    return column.type is Type.STRING and not exact


def as_text(value: str, column: Column) -> str:
    """The SQL of a value as text that casts back to the same value: lists as JSON, dates ISO 8601."""
    if column.type in (Type.STRINGS, Type.AFFILIATIONS, Type.BBOX):
        return f"CAST(to_json({value}) AS VARCHAR)"
    if column.type is Type.BINARY:
        return f"lower(hex({value}))"
    return f"CAST({value} AS VARCHAR)"


def cell(latitude: str, longitude: str) -> str:
    """The SQL of the PRIO-GRID cell of a point; null off the globe (PRIO-GRID Codebook, Tollefsen et al. 2012)."""
    row = f"least(floor(({latitude} + 90) * 2), 359)"
    column = f"least(floor(({longitude} + 180) * 2), 719)"
    on_globe = f"abs({latitude}) <= 90 AND abs({longitude}) <= 180"
    return f"CASE WHEN {on_globe} THEN CAST({row} * 720 + {column} + 1 AS INTEGER) END"


def identifier(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
