"""What the user gave, as parts: one for each group of files, or frame, of one table and one set of columns.

Nothing is cast or renamed on the way in, so that a rule sees the data as it is. Two exceptions, both stated: a
text file has no types, so its values are cast and those that cannot be are failures of CE004; and a pandas frame
keeps integers with nulls as floats, which is read back as the declared integer where no value changes.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError

if TYPE_CHECKING:
    import duckdb

TEXT_SUFFIXES = (".csv", ".tsv")
SUFFIXES = (".parquet", *TEXT_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Part:
    """One scan: `sql` selects its columns as they are, with `_file` and `_row` beside them."""

    table: str
    sql: str
    types: Mapping[str, str]
    files: tuple[str, ...]
    is_text: bool = False


def parts(con: duckdb.DuckDBPyConnection, data: Any, table: str | None) -> list[Part]:
    """Every input as parts, in the order given. `data` as `validate` takes it.

    Raises UsageError where a file is absent or its table cannot be told, BadDataError where it cannot be read.
    """
    if table is not None and table not in {t.name for t in schema.TABLES}:
        raise UsageError(f"no table '{table}': use one of {', '.join(t.name for t in schema.TABLES)}")
    if isinstance(data, Mapping):
        return [part for name, one in data.items() for part in parts(con, one, name)]
    if isinstance(data, (str, Path)):
        data = [data]
    if isinstance(data, (list, tuple)):
        files = list(dict.fromkeys(file for item in data for file in _expand(item)))  # a file given twice is one file
        return _group(_file_part(con, file, table) for file in files)
    return [_frame_part(con, data, table)]


def _expand(item: Any) -> list[Path]:
    if not isinstance(item, (str, Path)):
        raise UsageError(f"cannot validate a list of {type(item).__name__}: give paths, or one frame at a time")
    path = Path(item)
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
        if not found:
            raise UsageError(f"{path} holds no Parquet or CSV file")
        return found
    if path.exists():
        return [path]
    found = [Path(p) for p in sorted(glob.glob(str(item), recursive=True))]  # noqa: PTH207 (absolute patterns)
    if not found:
        raise UsageError(f"{item}: no such file")
    return found


def _file_part(con: duckdb.DuckDBPyConnection, file: Path, table: str | None) -> Part:
    if file.stat().st_size == 0:
        raise BadDataError(f"{file} is empty: 0 bytes")
    if file.suffix.lower() in TEXT_SUFFIXES:
        return _text_part(con, file, table)
    return _parquet_part(con, file, table)


def _parquet_part(con: duckdb.DuckDBPyConnection, file: Path, table: str | None) -> Part:
    import duckdb

    name = str(file)
    try:
        metadata = {
            _decode(key): _decode(value)
            for key, value in con.execute(
                "SELECT key, value FROM parquet_kv_metadata(?)", [_literal_path(name)]
            ).fetchall()
        }
        scan = f"read_parquet({_quote_text(_literal_path(name))}, filename = '_file', file_row_number = true)"
        described = con.execute(f"DESCRIBE SELECT * EXCLUDE (_file, file_row_number) FROM {scan}").fetchall()
    except duckdb.Error as error:
        raise BadDataError(f"{name} is not a readable Parquet file: {first_line(error)}") from error
    _refuse_newer(name, metadata.get("conflict_events.schema_version"))
    types = {column: kind for column, kind, *_ in described}
    told = table or metadata.get("conflict_events.table") or _guess(name, types)
    if told not in {t.name for t in schema.TABLES}:
        raise UsageError(f"{name} says it is table '{told}', which this schema has not: say which with --table")
    return Part(told, "", types, (name,))


def _text_part(con: duckdb.DuckDBPyConnection, file: Path, table: str | None) -> Part:
    import duckdb

    name = str(file)
    options = "all_varchar = true, header = true, null_padding = false, ignore_errors = false"
    scan = f"read_csv({_quote_text(_literal_path(name))}, {options})"
    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
        con.execute(f"SELECT count(*) FROM {scan}").fetchall()
    except duckdb.Error as error:
        raise BadDataError(f"{name} is not a readable CSV file in UTF-8: {first_line(error)}") from error
    types = {column: kind for column, kind, *_ in described}
    told = table or _guess(name, types)
    sql = f"SELECT *, {_quote_text(name)} AS _file, row_number() OVER () - 1 AS _row FROM {scan}"
    return Part(told, sql, types, (name,), is_text=True)


def _frame_part(con: duckdb.DuckDBPyConnection, data: Any, table: str | None) -> Part:
    from conflict_events.quality.frames import register

    label, view = register(con, data, table)
    types = {column: kind for column, kind, *_ in con.execute(f"DESCRIBE SELECT * FROM {view}").fetchall()}
    told = table or _table_of_arrow(data) or _guess(label, types)
    sql = f"SELECT *, {_quote_text(label)} AS _file, row_number() OVER () - 1 AS _row FROM {view}"
    return Part(told, sql, types, (label,))


def _table_of_arrow(data: Any) -> str | None:
    """The table that an Arrow object's own metadata names."""
    if not type(data).__module__.startswith("pyarrow"):
        return None
    name = (data.schema.metadata or {}).get(b"conflict_events.table")
    return name.decode() if name else None


def _group(each: Iterable[Part]) -> list[Part]:
    """Parquet files of one table and one set of columns become one part, so that they are one scan."""
    grouped: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    out: list[Part] = []
    for part in each:
        if part.is_text:
            out.append(part)
        else:
            grouped.setdefault((part.table, tuple(part.types.items())), []).extend(part.files)
    for (table, types), files in grouped.items():
        names = ", ".join(_quote_text(_literal_path(f)) for f in files)
        sql = (
            "SELECT * EXCLUDE (file_row_number), file_row_number AS _row "
            f"FROM read_parquet([{names}], filename = '_file', file_row_number = true)"
        )
        out.append(Part(table, sql, dict(types), tuple(files)))
    return out


def _guess(name: str, types: Mapping[str, str]) -> str:
    """The one table whose key stands among the columns and that shares most of them; UsageError where unclear."""
    found = set(types)
    scores = {
        t.name: len(found & set(t.names)) / len(found | set(t.names))
        for t in schema.TABLES
        if found.issuperset(t.key) and t.name != "events_history"
    }
    best = max(scores, key=lambda t: scores[t], default=None)
    if best is None or scores[best] < 0.5:
        raise UsageError(
            f"cannot tell which table {name} is, from its metadata or its columns: say it with --table NAME (table=)"
        )
    return best


def _refuse_newer(name: str, version: str | None) -> None:
    if version is None:
        return
    ours = tuple(int(part) for part in schema.VERSION.split("."))[:2]
    try:
        theirs = tuple(int(part) for part in version.split("."))[:2]
    except ValueError:
        raise BadDataError(f"{name} names no schema version we can read: '{version}'") from None
    if theirs > ours:
        raise UsageError(f"{name} is schema {version}; this package knows {schema.VERSION}: upgrade conflict-events")


def _literal_path(path: str) -> str:
    """The path with the characters that DuckDB would take for a pattern made literal."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in path)


def _quote_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _decode(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def first_line(error: Exception) -> str:
    """The first line of an error's message."""
    return str(error).strip().splitlines()[0]
