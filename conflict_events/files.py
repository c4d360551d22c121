"""A user's data files: which they are, what their metadata says, which table each one is.

What reads files (`quality`, `query`) asks here, so that all commands agree. Nothing but DuckDB is needed.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema.structure import SCHEMA_VERSION_KEY, TABLE_KEY

if TYPE_CHECKING:
    import duckdb

PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """A Parquet file: the table it is, and its columns' types as DuckDB names them."""

    path: Path
    table: str
    types: dict[str, str]


def expand(given: str | os.PathLike[str], suffixes: tuple[str, ...]) -> list[Path]:
    """The files that a path, a folder or a glob means, sorted; UsageError where there are none.

    A file that exists is taken as it is, whatever characters are in its name.
    """
    if not os.fspath(given):
        raise UsageError("an empty file name was given")
    try:
        os.fspath(given).encode()
    except UnicodeEncodeError:
        raise UsageError(f"{os.fspath(given)!r}: a file name that is not UTF-8: rename the file") from None
    path = Path(given).expanduser()
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix.lower() in suffixes and p.name[0] != "." and _is_file(p))
        if not found:
            raise UsageError(f"{path} holds no file in {' or '.join(suffixes)}")
        return found
    if path.exists():
        return [path]
    if path.is_symlink():
        raise UsageError(f"{given}: a link to nothing")
    found = [Path(p) for p in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 (absolute patterns)
    if not found:
        raise UsageError(f"{given}: no such file")
    return [p for p in found if _is_file(p)]


def _is_file(path: Path) -> bool:
    """Whether it is a file and no folder; a link to nothing is an error, never passed over."""
    if path.is_symlink() and not path.exists():
        raise UsageError(f"{path}: a link to nothing")
    return path.is_file()


def once(paths: list[Path]) -> list[Path]:
    """Each file once, however it was named."""
    return list({path.resolve(): path for path in reversed(paths)}.values())[::-1]


def parquet(con: duckdb.DuckDBPyConnection, path: Path, table: str | None = None) -> ParquetFile:
    """What a Parquet file is. `table` overrides what it says of itself.

    Raises BadDataError where it cannot be read, UsageError where it is of a newer schema or its table is not clear.
    """
    import duckdb

    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    if size == 0:
        raise BadDataError(f"{path} is empty: 0 bytes")
    try:
        rows = con.execute("SELECT key, value FROM parquet_kv_metadata(?)", [literal(path)]).fetchall()
        described = con.execute(f"DESCRIBE SELECT * FROM {scan([path])}").fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise BadDataError(f"{path} is not a readable Parquet file: {first_line(error)}") from error
    said = {key.decode("utf-8", "replace"): value.decode("utf-8", "replace") for key, value in rows}
    _refuse_newer(path, said.get(SCHEMA_VERSION_KEY))
    types = {name: kind for name, kind, *_ in described}
    return ParquetFile(path, table or table_of(str(path), said.get(TABLE_KEY), types), types)


def is_parquet(path: Path) -> bool:
    """Whether the file begins as Parquet files do, whatever its name; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def table_of(name: str, said: str | None, types: Mapping[str, str]) -> str:
    """The table that metadata names, else the one whose key and most of whose columns are there, else the one that
    the file is named after; UsageError where none is."""
    known = {table.name for table in schema.TABLES}
    if said is not None and said not in known:
        raise UsageError(f"{name} says it is table '{said}', which this schema has not: say which with --table")
    found = set(types)
    scores = {
        t.name: len(found & set(t.names)) / len(found | set(t.names))
        for t in schema.TABLES
        if found.issuperset(t.key) and (t.name != "events_history" or "valid_from" in found)
    }
    best = max(scores, key=lambda t: scores[t], default=None)
    if said is not None:
        return said
    if best is not None and scores[best] >= 0.5:
        return best
    if Path(name).stem in known:
        return Path(name).stem
    raise UsageError(
        f"cannot tell which table {name} is, from its metadata, its columns or its name: say it with --table NAME "
        "(table=), or name the file after one, such as events.parquet; where its columns have names of their own, "
        "validate --infer proposes a mapping"
    )


def scan(paths: list[Path], options: str = "") -> str:
    """The SQL that reads the files as they are: a folder named `country=SYR` is a folder, not a column."""
    names = ", ".join(quoted(literal(path)) for path in paths)
    return f"read_parquet([{names}], hive_partitioning = false{options})"


def literal(path: Path) -> str:
    """The absolute path, as a DuckDB pattern that means just this file."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path.absolute()))


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def first_line(error: Exception) -> str:
    """The first line of an error's message."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _refuse_newer(path: Path, said: str | None) -> None:
    if said is None:
        return
    try:
        theirs = tuple(int(part) for part in said.split(".")[:2])
    except ValueError:
        raise BadDataError(f"{path}: '{said}' in its metadata is no schema version such as {schema.VERSION}") from None
    if theirs > tuple(int(part) for part in schema.VERSION.split(".")[:2]):
        raise UsageError(f"{path} is schema {said}; this package knows {schema.VERSION}: upgrade conflict-events")
