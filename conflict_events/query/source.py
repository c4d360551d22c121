"""Which tables a user's files are: by their metadata, else by their name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.query.message import one_line

if TYPE_CHECKING:
    import duckdb

Source = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""A Parquet file, a folder of them, a glob, or a sequence of these."""

# as `targets.arrow` writes them; that module loads pyarrow, which a query does not need
SCHEMA_VERSION_KEY = "conflict_events.schema_version"
TABLE_KEY = "conflict_events.table"

_MAGIC = b"PAR1"


def tables_in(source: Source, con: duckdb.DuckDBPyConnection) -> dict[str, list[Path]]:
    """The files of `source` by the table that each is, in the order of schema.TABLES.

    Raises UsageError for a file that is not there, of no known table or of a newer schema, and BadDataError for one
    that is not Parquet.
    """
    found: dict[str, list[Path]] = {}
    paths = files(source)
    metadata = _metadata(paths, con)
    for path in paths:
        said = metadata.get(str(path), {})
        _check_version(path, said.get(SCHEMA_VERSION_KEY))
        found.setdefault(_table(path, said.get(TABLE_KEY)), []).append(path)
    return {table.name: found[table.name] for table in schema.TABLES if table.name in found}


def files(source: Source) -> list[Path]:
    """The Parquet files that `source` means, each once, sorted within a folder or glob."""
    given = [source] if isinstance(source, str | os.PathLike) else list(source)
    if not given:
        raise UsageError("no file given: name a Parquet file, a folder or a glob")
    found = list(dict.fromkeys(path for one in given for path in _expand(os.fspath(one))))
    for path in found:
        _check_parquet(path)
    return found


def _expand(given: str) -> list[Path]:
    path = Path(given).expanduser()
    if path.is_dir():
        return _matching(path, "*.parquet", f"{given}: no .parquet file in this folder")
    if path.exists():  # before globbing: a file's name may hold a bracket
        return [path]
    if any(c in given for c in "*?["):
        pattern = str(path.relative_to(path.anchor))
        return _matching(Path(path.anchor), pattern, f"{given}: no file matches")
    raise UsageError(f"{given}: no such file")


def _matching(folder: Path, pattern: str, none: str) -> list[Path]:
    found = sorted(path for path in folder.glob(pattern) if path.is_file() and not path.name.startswith("."))
    if not found:
        raise UsageError(none)
    return found


def _check_parquet(path: Path) -> None:
    try:
        with path.open("rb") as handle:
            head = handle.read(4)
            handle.seek(0 if path.stat().st_size < 4 else -4, os.SEEK_END)
            whole = head == handle.read(4) == _MAGIC
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not whole:
        raise BadDataError(
            f"{path}: not a Parquet file, or cut short; `conflict-events convert` makes one of other files"
        )


def _metadata(paths: list[Path], con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Our keys in the metadata of each file that has any."""
    import duckdb

    found: dict[str, dict[str, str]] = {}
    for path in paths:
        try:
            rows = con.execute(
                "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?) WHERE key IN (encode(?), encode(?))",
                [literal_glob(path), SCHEMA_VERSION_KEY, TABLE_KEY],
            ).fetchall()
        except duckdb.Error as error:
            raise BadDataError(f"{path}: not a readable Parquet file: {one_line(error)}") from error
        found[str(path)] = dict(rows)
    return found


def literal_glob(path: Path) -> str:
    """`path` as a DuckDB glob that matches just this file."""
    return "".join(f"[{c}]" if c in "[*?" else c for c in str(path))


def _table(path: Path, said: str | None) -> str:
    known = {table.name for table in schema.TABLES}
    if said in known:
        return said
    if said is not None:
        raise UsageError(f"{path}: its metadata says table '{said}', which is none of {', '.join(sorted(known))}")
    if path.stem in known:
        return path.stem
    raise UsageError(
        f"{path}: which table is it? Its metadata has no {TABLE_KEY}, and '{path.stem}' is no table's name: "
        f"name the file after one, such as events.parquet"
    )


def _check_version(path: Path, said: str | None) -> None:
    if said is None:
        return
    try:
        major, minor = (int(part) for part in said.split(".")[:2])
    except ValueError:
        raise BadDataError(f"{path}: '{said}' in its metadata is no schema version such as {schema.VERSION}") from None
    if (major, minor) > tuple(int(part) for part in schema.VERSION.split(".")[:2]):
        raise UsageError(f"{path} is schema {said}; this package knows {schema.VERSION}: upgrade conflict-events")
