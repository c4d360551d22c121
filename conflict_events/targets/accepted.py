"""The physical types, as DuckDB names them, that a column of each logical type may have in a file."""

from __future__ import annotations

from conflict_events.schema.types import Type

ACCEPTED: dict[Type, tuple[str, ...]] = {
    Type.STRING: ("VARCHAR", "ENUM"),
    Type.BOOL: ("BOOLEAN",),
    Type.INT8: ("TINYINT", "SMALLINT", "INTEGER", "BIGINT"),
    Type.INT32: ("INTEGER", "BIGINT"),
    Type.FLOAT: ("FLOAT", "DOUBLE"),
    Type.DOUBLE: ("DOUBLE",),
    Type.DATE: ("DATE",),
    Type.BINARY: ("BLOB", "GEOMETRY"),
    Type.STRINGS: ("VARCHAR[]",),
    Type.AFFILIATIONS: ('STRUCT(affiliation VARCHAR, "from" DATE, "to" DATE)[]',),
    Type.BBOX: ("STRUCT(xmin DOUBLE, ymin DOUBLE, xmax DOUBLE, ymax DOUBLE)",),
}
"""DuckDB types that a column of each logical type may have in a file; the first is the declared one."""


def accepts(type: Type, found: str) -> bool:
    """Whether a DuckDB type, as DuckDB writes it, may stand for the logical type."""
    return found in ACCEPTED[type] or any(
        found.startswith(f"{name}(") for name in ACCEPTED[type] if name in ("ENUM", "GEOMETRY")
    )
