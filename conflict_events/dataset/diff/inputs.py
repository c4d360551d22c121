"""The two sides of a comparison: files, folders or Arrow tables become views in their declared types."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from conflict_events import files, schema
from conflict_events.dataset.diff.columns import FOLLOWS, identifier, sql_type
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema.structure import TABLE_KEY
from conflict_events.targets.accepted import accepts, text_cast

if TYPE_CHECKING:
    import duckdb

Data = Any
"""A path, an Arrow table, or a mapping of table names to these."""
Name = Literal["old", "new"]
TEXT = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a side: its view, the declared columns that it has, and those that the schema does not know."""

    view: str
    columns: frozenset[str]
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """OLD or NEW: what it is called, its data release where its metadata says one, and its tables by name."""

    label: str
    release: str | None
    tables: dict[str, Table]


def read(con: duckdb.DuckDBPyConnection, name: Name, data: Data, table: str | None) -> Side:
    """Make a view `NAME_TABLE` of each table in `data`. Errors are those of `diff`."""
    if table is not None and table not in {t.name for t in schema.TABLES}:
        raise UsageError(f"no table '{table}': use one of {', '.join(t.name for t in schema.TABLES)}")
    if isinstance(data, Mapping):
        made = [_source(con, name, one, number, of) for number, (of, one) in enumerate(data.items())]
    elif isinstance(data, (str, os.PathLike)):
        paths = files.once(files.expand(data, (files.PARQUET, *TEXT)))
        made = [_source(con, name, path, number, table) for number, path in enumerate(paths)]
    else:
        made = [_source(con, name, data, 0, table)]
    sources: dict[str, list[tuple[str, dict[str, str], str]]] = {}
    for of, sql, types, text in made:
        sources.setdefault(of, []).append((sql, types, text))
    releases = _releases(con, data)
    label = str(data) if isinstance(data, (str, os.PathLike)) else f"<{name}>"
    tables = {of: _view(con, name, schema.table(of), parts, label) for of, parts in sources.items()}
    return Side(label, releases.pop() if len(releases) == 1 else None, tables)


def _source(
    con: duckdb.DuckDBPyConnection, name: Name, data: Any, number: int, table: str | None
) -> tuple[str, str, dict[str, str], str]:
    """The table, the SQL of its rows, its types, and the file's name where its values are text."""
    if isinstance(data, (str, os.PathLike)):
        path = Path(data)
        if path.suffix.lower() in TEXT:
            return _text(con, name, path, number, table)
        one = files.parquet(con, path, table)
        return one.table, f"FROM {files.scan([path])}", one.types, ""
    if not hasattr(data, "schema") or not hasattr(data, "num_rows"):
        raise UsageError(f"cannot compare a {type(data).__name__}: give paths or Arrow tables")
    view = f"{name}_given_{number}"
    con.register(view, data)
    said = (data.schema.metadata or {}).get(TABLE_KEY.encode())
    types = _types(con, f"FROM {view}")
    of = table or files.table_of(f"the {name} table", said.decode() if said else None, types)
    return of, f"FROM {view}", types, ""


def _text(
    con: duckdb.DuckDBPyConnection, name: Name, path: Path, number: int, table: str | None
) -> tuple[str, str, dict[str, str], str]:
    """A CSV file, read once, every value as text."""
    import duckdb

    from conflict_events.quality import texts

    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    if path.stat().st_size == 0:
        raise BadDataError(f"{path} is empty: 0 bytes")
    delimiter, width = texts.dialect(path)
    made = f"{name}_text_{number}"
    try:
        con.execute(f"CREATE TEMP TABLE {made} AS FROM {texts.scan(path, delimiter)}")
    except duckdb.Error as error:
        raise BadDataError(
            f"{path} is not a readable CSV file: {texts.reason(con, path, delimiter, width, error)}"
        ) from error
    types = _types(con, f"FROM {made}")
    return table or files.table_of(str(path), None, types), f"FROM {made}", types, str(path)


def _view(
    con: duckdb.DuckDBPyConnection,
    name: Name,
    table: schema.Table,
    parts: list[tuple[str, dict[str, str], str]],
    label: str,
) -> Table:
    there = set(table.names).intersection(*(types for _, types, _ in parts))
    absent = [c for c in table.key if c not in there]
    if absent:
        raise BadDataError(f"{label}: {table.name} has no column {absent[0]}, its key: rows cannot be compared without")
    columns = [c for c in table.columns if c.name in there and c.name not in FOLLOWS]
    selects = [_select(con, sql, types, text, columns, label) for sql, types, text in parts]
    con.execute(f"CREATE TEMP VIEW {name}_{table.name} AS {' UNION ALL '.join(selects)}")
    foreign = tuple(sorted({c for _, types, _ in parts for c in types} - set(table.names)))
    return Table(f"{name}_{table.name}", frozenset(c.name for c in columns), foreign)


def _select(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    types: dict[str, str],
    text: str,
    columns: list[schema.Column],
    label: str,
) -> str:
    if text:
        casts = {c.name: text_cast(c.name, c.type) for c in columns}
        _refuse_uncast(con, sql, text, casts, columns)
    else:
        wrong = next((c for c in columns if not accepts(c.type, types[c.name])), None)
        if wrong is not None:
            raise BadDataError(
                f"{label}: column {wrong.name} is {types[wrong.name]}; it must be {wrong.type}: "
                "run `conflict-events validate`"
            )
        casts = {c.name: f"CAST({identifier(c.name)} AS {sql_type(c)})" for c in columns}
    return f"SELECT {', '.join(f'{cast} AS {identifier(c)}' for c, cast in casts.items())} {sql}"


def _refuse_uncast(
    con: duckdb.DuckDBPyConnection, sql: str, path: str, casts: dict[str, str], columns: list[schema.Column]
) -> None:
    lost = ", ".join(
        f"any_value({identifier(c)}) FILTER (WHERE {identifier(c)} IS NOT NULL AND {cast} IS NULL)"
        for c, cast in casts.items()
    )
    [found] = con.execute(f"SELECT {lost} {sql}").fetchall()
    for column, value in zip(columns, found, strict=True):
        if value is not None:
            raise BadDataError(f"{path}: {column.name} '{value}' is no {column.type}: run `conflict-events validate`")


def _types(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {sql}").fetchall()}


def _releases(con: duckdb.DuckDBPyConnection, data: Any) -> set[str]:
    """The data releases that the files say they are of."""
    wanted = "conflict_events.release"
    if isinstance(data, Mapping):
        return {release for one in data.values() for release in _releases(con, one)}
    if not isinstance(data, (str, os.PathLike)):
        said = (data.schema.metadata or {}).get(wanted.encode())
        return {said.decode()} if said else set()
    found: set[str] = set()
    for path in files.expand(data, (files.PARQUET, *TEXT)):
        if path.suffix.lower() not in TEXT:
            query = "SELECT value FROM parquet_kv_metadata(?) WHERE key = ?"
            rows = con.execute(query, [files.literal(path), wanted.encode()]).fetchall()
            found.update(value.decode("utf-8", "replace") for (value,) in rows)
    return found
