"""What the user gave, as parts: one for each group of files, or frame, of one table and one set of columns.

Nothing is cast or renamed on the way in, so that a rule sees the data as it is. Three exceptions, all stated: a
text file has no types, so its values are cast and those that cannot be are failures of CE004; a pandas frame keeps
integers with nulls as floats, which are read back as the declared integer where no value changes; and a GeoDataFrame
has no bbox, which is read off its geometry.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import files, schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import quoted
from conflict_events.quality import texts

if TYPE_CHECKING:
    import duckdb

    from conflict_events.quality.held import Held

TEXT_SUFFIXES = (".csv", ".tsv")
FILE, ROW = "__ce_file", "__ce_row"
"""Columns that the engine adds to every input: where a row lies. No input may have its own."""

Stamps = dict[str, tuple[int, int]]
"""Size and time of change (ns) of each file, taken before it is read."""

_NUMBERS = count()
"""Of the engine's views of inputs: no name comes twice."""


@dataclass(frozen=True, slots=True)
class Part:
    """One scan: `sql` selects its columns as they are, with FILE and ROW beside them.

    `positioned`: ROW comes from the file, so the scan may run in any order. `held`: the rows are not here but with
    an engine; `sql` has rows only while they are `brought`.
    Seen through a mapping file, `sql` has our column names and `original` the user's; `casts` has the SQL that reads
    a column, for those that need it; `theirs` has the user's name of each column that has another; `absent` are our
    columns that the file is said not to have.
    """

    table: str
    sql: str
    types: Mapping[str, str]
    files: tuple[str, ...]
    is_text: bool = False
    positioned: bool = False
    held: Held | None = None
    casts: Mapping[str, str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    theirs: Mapping[str, str] = field(default_factory=dict)
    original: str | None = None
    stamps: Stamps = field(default_factory=dict)
    """Of files that were read when the part was made."""


Hold = Callable[["duckdb.DuckDBPyConnection", Any, str | None], Part | None]
"""(connection, data, table) -> a part whose rows an engine holds; None for data that it does not hold."""


def parts(
    con: duckdb.DuckDBPyConnection, data: Any, table: str | None, hold: Hold | None = None, limit: int | None = None
) -> list[Part]:
    """Every input as parts, in the order given. `data` as `validate` takes it; `hold` as the engine has it.

    limit: how many rows of a text file are read, where the first are enough.

    Raises UsageError where a file is absent or its table cannot be told, BadDataError where it cannot be read.
    """
    if table is not None and table not in {t.name for t in schema.TABLES}:
        raise UsageError(f"no table '{table}': use one of {', '.join(t.name for t in schema.TABLES)}")
    if isinstance(data, Mapping):
        found = [part for name, one in data.items() for part in parts(con, one, name, hold)]
    elif isinstance(data, (str, os.PathLike)):
        found = parts(con, [data], table, limit=limit)
    elif isinstance(data, (list, tuple)):
        found = _group(_file_part(con, path, table, limit) for path in _paths(data))
    else:
        found = [(hold(con, data, table) if hold else None) or _frame_part(con, data, table)]
    if not found:
        raise UsageError("nothing to validate: no file and no table was given")
    for part in found:
        taken = next((c for c in part.types if c.lower() in (FILE, ROW)), None)
        if taken is not None:
            raise UsageError(f"{part.files[0]} has a column {taken}, a name that is reserved: rename it")
    return found


def stamps(found: Iterable[Part]) -> Stamps:
    """Size and time of change of every file among the parts."""
    out: Stamps = {}
    for part in found:
        out.update(part.stamps or {name: stamp(Path(name)) for name in part.files if not name.startswith("<")})
    return out


def stamp(path: Path) -> tuple[int, int]:
    """Size and time of change (ns) of a file."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def refuse_changed(before: Stamps) -> None:
    """BadDataError where a file is not as it was when it was first read."""
    for name, taken in before.items():
        path = Path(name)
        if not path.exists() or stamp(path) != taken:
            raise BadDataError(f"{name} changed since it was read: validate it again")


def _paths(given: Iterable[Any]) -> list[Path]:
    found: list[Path] = []
    for item in given:
        if not isinstance(item, (str, os.PathLike)):
            raise UsageError(f"cannot validate a list of {type(item).__name__}: give paths, or one frame at a time")
        found.extend(files.expand(item, (files.PARQUET, *TEXT_SUFFIXES)))
    return files.once(found)


def _file_part(con: duckdb.DuckDBPyConnection, path: Path, table: str | None, limit: int | None = None) -> Part:
    if path.suffix.lower() not in (files.PARQUET, *TEXT_SUFFIXES) and not files.is_parquet(path):
        raise UsageError(f"{path}: only .parquet, .csv and .tsv files can be checked: unpack or convert it first")
    if path.suffix.lower() in TEXT_SUFFIXES:
        return _text_part(con, path, table, limit)
    one = files.parquet(con, path, table)
    if any(name.lower() == "file_row_number" for name in one.types):
        # the file's own column hides DuckDB's, so rows are counted as they come
        sql = f"SELECT *, {quoted(str(path))} AS {FILE}, row_number() OVER () - 1 AS {ROW} FROM {files.scan([path])}"
        return Part(one.table, sql, one.types, (str(path),))
    return Part(one.table, "", one.types, (str(path),), positioned=True)


def _group(each: Iterable[Part]) -> list[Part]:
    """Parquet files of one table and one set of columns become one part, so that they are one scan."""
    grouped: dict[tuple[str, tuple[tuple[str, str], ...]], list[str]] = {}
    out: list[Part] = []
    for part in each:
        if part.positioned:
            grouped.setdefault((part.table, tuple(part.types.items())), []).extend(part.files)
        else:
            out.append(part)
    for (table, types), names in grouped.items():
        # DuckDB gives the absolute path; failures name the file as the user did
        told = "".join(f" WHEN {quoted(str(Path(n).absolute()))} THEN {quoted(n)}" for n in names)
        # a name made for each row costs as much as a column read: one file's name is a constant
        name = quoted(names[0]) if len(names) == 1 else f"CASE {FILE}{told} END"
        scan = files.scan([Path(n) for n in names], f", filename = '{FILE}', file_row_number = true")
        sql = f"SELECT * EXCLUDE (file_row_number) REPLACE ({name} AS {FILE}), file_row_number AS {ROW} FROM {scan}"
        out.append(Part(table, sql, dict(types), tuple(names), positioned=True))
    return out


def _text_part(con: duckdb.DuckDBPyConnection, path: Path, table: str | None, limit: int | None = None) -> Part:
    """A CSV, read once into a table of the engine's: every value as text, every row with its number."""
    import duckdb

    if path.stat().st_size == 0:
        raise BadDataError(f"{path} is empty: 0 bytes")
    taken = {str(path): stamp(path)}
    delimiter, width = texts.dialect(path)
    view = f"_input_{next(_NUMBERS)}"
    scan = texts.scan(path, delimiter)
    try:
        con.execute(
            f"CREATE TEMP TABLE {view} AS SELECT *, {quoted(str(path))} AS {FILE}, row_number() OVER () - 1 AS {ROW} "
            f"FROM {scan}{f' LIMIT {limit}' if limit is not None else ''}"
        )
    except duckdb.Error as error:
        raise BadDataError(
            f"{path} is not a readable CSV file: {texts.reason(con, path, delimiter, width, error)}"
        ) from error
    types = {name: kind for name, kind in _types(con, view).items() if name not in (FILE, ROW)}
    return Part(
        table or files.table_of(str(path), None, types), f"FROM {view}", types, (str(path),), True, stamps=taken
    )


def _frame_part(con: duckdb.DuckDBPyConnection, data: Any, table: str | None) -> Part:
    from conflict_events.quality.frames import register

    view = f"_input_{next(_NUMBERS)}"
    label, table = register(con, view, data, table)
    sql = f"SELECT *, {quoted(label)} AS {FILE}, row_number() OVER () - 1 AS {ROW} FROM {view}"
    return Part(table, sql, _types(con, view), (label,))


def _types(con: duckdb.DuckDBPyConnection, view: str) -> dict[str, str]:
    described = con.execute(f"DESCRIBE FROM {view}").fetchall()
    return {name: kind for name, kind, *_ in described}
