"""SQL that turns the cells of a result into text, by their DuckDB types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import duckdb

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


def names(relation: duckdb.DuckDBPyRelation) -> list[str]:
    """Stand-in names for the columns, since a result may bear a name twice."""
    return [f"c{i}" for i in range(len(relation.columns))]


def is_number(type: str) -> bool:
    """Whether the type is a number's, to be aligned to the right."""
    return type.removeprefix("U").startswith(_NUMBERS) and not type.endswith("]")


def text(name: str, type: str) -> str:
    """The cell as VARCHAR: ISO dates, hexadecimal binary, JSON for what has parts."""
    if type == "BLOB":
        return f"lower(hex({name}))"
    if type.startswith("GEOMETRY"):
        return f"lower(hex(ST_AsWKB({name})))"
    if type.endswith("]") or type.startswith(("STRUCT(", "MAP(", "UNION(")):
        return f"CAST(to_json({name}) AS VARCHAR)"
    return f"CAST({name} AS VARCHAR)"


def csv_line(types: Sequence[str]) -> str:
    """A row as a line of CSV (RFC 4180, but for the line's end): quotes only where they are needed."""
    alone = len(types) == 1  # its null is quoted too: readers skip an empty line
    return " || ',' || ".join(_csv(f"c{i}", type, '""' if alone else "") for i, type in enumerate(types))


def _csv(name: str, type: str, null: str) -> str:
    cell = text(name, type)
    if is_number(type) or type in ("DATE", "BOOLEAN", "BLOB"):
        return f"coalesce({cell}, '{null}')"
    return (
        f"CASE WHEN {name} IS NULL THEN '{null}' WHEN {cell} = '' OR regexp_matches({cell}, '[\",\\n\\r]') "
        f"THEN '\"' || replace({cell}, '\"', '\"\"') || '\"' ELSE {cell} END"
    )


def csv_name(name: str) -> str:
    """A column's name as a CSV field."""
    return '"' + name.replace('"', '""') + '"' if not name or any(c in name for c in '",\r\n') else name


def json_line(columns: Sequence[str], types: Sequence[str]) -> str:
    """A row as a JSON object. Raises UsageError where two columns have one name."""
    twice = sorted({name for name in columns if list(columns).count(name) > 1})
    if twice:
        raise UsageError(f"two columns are named {twice[0]}, which JSON cannot say: rename one with AS")
    pairs = ", ".join(
        f"'{name.replace(chr(39), chr(39) * 2)}', {_json(f'c{i}', type)}"
        for i, (name, type) in enumerate(zip(columns, types, strict=True))
    )
    return f"CAST(json_object({pairs}) AS VARCHAR)"


def _json(name: str, type: str) -> str:
    if type in ("FLOAT", "DOUBLE"):
        return f"CASE WHEN isfinite({name}) THEN {name} END"
    return text(name, type) if type == "BLOB" or type.startswith("GEOMETRY") else name
