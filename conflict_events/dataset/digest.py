"""A digest of a table's content that no file format, row order or library version changes.

Each row becomes text, column after column in declared order: `n` for a null, else `v`, the length of the value in
bytes, `:`, the value. So no two different rows have one text, and null differs from empty. Numbers are decimal
(doubles with 17 significant digits, 32-bit floats with 9, both zeros `0`), dates ISO 8601, booleans true and
false, bytes hexadecimal; a list is its length, `[`, its items in the same encoding; a struct its fields.
The digest is SHA-256 over a line that names the table and its columns, then the rows' SHA-256 in sorted order.
geometry and bbox follow from the coordinates and are left out. DuckDB does all of it; no row reaches Python. The
sorted hashes are one text of 64 bytes a row, which bounds a table at some 60 million rows.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.errors import BadDataError
from conflict_events.files import scan
from conflict_events.schema.types import Type

if TYPE_CHECKING:
    import pyarrow as pa

DERIVED = frozenset({"geometry", "bbox"})


def digest(table: str, data: Path | pa.Table) -> str:
    """The digest (64 hexadecimal digits) of a Parquet file or an Arrow table with the columns of `table`.

    Raises BadDataError where a column is missing, of a type that has no such text, or the file cannot be read.
    """
    import duckdb

    columns = [c for c in schema.table(table).columns if c.name not in DERIVED]
    row = " || ".join(_field(_quote(c.name), c.type) for c in columns)
    with duckdb.connect(":memory:") as con:
        con.execute("SET autoinstall_known_extensions = false")
        # The hashes are sorted anyway, and so DuckDB may read in any order.
        con.execute("SET preserve_insertion_order = false")
        try:
            if isinstance(data, Path):
                con.sql(f"FROM {scan([data])}").create_view("digested")
            else:
                con.register("digested", data)
            found = con.execute(
                f"SELECT sha256(? || coalesce(string_agg(h, '' ORDER BY h), '')) FROM "
                f"(SELECT sha256({row}) AS h FROM digested)",
                [_header(table, [c.name for c in columns])],
            ).fetchone()
        except duckdb.Error as error:
            where = data if isinstance(data, Path) else table
            raise BadDataError(f"{where}: no digest of table {table}: {str(error).splitlines()[0]}") from error
    assert found is not None
    return str(found[0])


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _header(table: str, names: list[str]) -> str:
    return f"{table}({','.join(names)})\n"


def _field(value: str, type: Type) -> str:
    return f"CASE WHEN {value} IS NULL THEN 'n' ELSE {_sized(_text(value, type))} END"


def _sized(text: str) -> str:
    return f"'v' || strlen({text}) || ':' || {text}"


def _text(value: str, type: Type) -> str:
    match type:
        case Type.STRING:
            return value
        case Type.DOUBLE:
            return _number(value, 17)
        case Type.FLOAT:
            return _number(value, 9)
        case Type.DATE:
            return f"strftime({value}, '%Y-%m-%d')"
        case Type.BINARY:
            return f"hex({value})"
        case Type.STRINGS:
            return _list(value, _field("x", Type.STRING))
        case Type.AFFILIATIONS:
            ends = (("affiliation", Type.STRING), ("from", Type.DATE), ("to", Type.DATE))
            fields = " || ".join(_field(f"x.{_quote(name)}", of) for name, of in ends)
            return _list(value, f"CASE WHEN x IS NULL THEN 'n' ELSE {_sized(f'({fields})')} END")
        case Type.BBOX:
            raise TypeError("a bounding box is derived and has no text")
    return f"CAST({value} AS VARCHAR)"


def _number(value: str, digits: int) -> str:
    return f"CASE WHEN {value} = 0 THEN '0' ELSE printf('%.{digits}g', CAST({value} AS DOUBLE)) END"


def _list(value: str, item: str) -> str:
    return f"(len({value}) || '[' || array_to_string(list_transform({value}, lambda x: {item}), ''))"


def _quote(name: str) -> str:
    return f'"{name}"'
