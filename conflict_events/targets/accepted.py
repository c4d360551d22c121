"""The physical types, as DuckDB names them, that a column of each logical type may have in a file."""

from __future__ import annotations

from conflict_events.schema.types import Type

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
NO_VALUE = '"NULL"'
"""The type of a column of Arrow or polars that has no value at all: it cannot be wrong."""

ACCEPTED: dict[Type, tuple[str, ...]] = {
    Type.STRING: ("VARCHAR", "ENUM"),
    Type.BOOL: ("BOOLEAN",),
    Type.INT8: ("TINYINT", *_INTEGERS),
    Type.INT32: ("INTEGER", *_INTEGERS),
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
    return (
        found == NO_VALUE
        or found in ACCEPTED[type]
        or any(found.startswith(f"{name}(") for name in ACCEPTED[type] if name in ("ENUM", "GEOMETRY"))
    )


TEXT_FORM: dict[Type, str] = {
    Type.BOOL: "true|false|1|0",
    Type.INT8: r"[+-]?[0-9]+(\.0+)?",
    Type.INT32: r"[+-]?[0-9]+(\.0+)?",
    Type.FLOAT: r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?",
    Type.DOUBLE: r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?",
    Type.DATE: r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ t]00:00(:00(\.0+)?)?)?",
}
"""How a value of the type is written in a text file, in lower case (regular expressions for the whole value).

DuckDB's own cast is kinder: it rounds '2.5' to an integer and drops the time of a date: repair in silence.
"""


def text_cast(column: str, type: Type) -> str:
    """The SQL that reads a text column as its type: null where the text is not written as that type is."""
    text = f'left("{column}", 10)' if type is Type.DATE else f'"{column}"'
    cast = f"TRY_CAST({text} AS {ACCEPTED[type][0]})"
    form = TEXT_FORM.get(type)
    return cast if form is None else f"CASE WHEN regexp_full_match(lower(\"{column}\"), '{form}') THEN {cast} END"
