"""Rows to learn from: an Arrow table, or Parquet files in blocks (their row groups), which are read one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import files
from conflict_events.errors import BadDataError, UsageError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Rows = Any
"""A pyarrow.Table; or a Parquet file, a folder of them, a glob, or a sequence of these, all with the same columns."""

TABLE_BLOCK = 65_536
"""Rows of a block of an Arrow table."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are read together: `group` of `file`, or of a table where that is None; `first`: of all rows."""

    file: Path | None
    group: int
    first: int
    count: int


def blocks(source: Rows) -> tuple[Block, ...]:
    """The blocks of `source`, in order; those without rows are left out.

    Raises UsageError where a file is not there or there are no rows, BadDataError for a file that is not Parquet.
    """
    found: list[Block] = []
    first = 0
    for file, group, count in _groups(source):
        if count:
            found.append(Block(file, group, first, count))
            first += count
    if not found:
        raise UsageError(f"{called(source)} has no rows")
    return tuple(found)


def read(source: Rows, block: Block, columns: Sequence[str], codes: Sequence[str]) -> pa.Table:
    """The columns of one block; `codes` are those that are read as dictionaries, which is faster."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if block.file is None:
        return source.slice(block.group * TABLE_BLOCK, TABLE_BLOCK).select(list(columns))
    try:
        with pq.ParquetFile(block.file, read_dictionary=list(codes)) as file:
            table = file.read_row_group(block.group, columns=list(columns), use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise BadDataError(f"{block.file} cannot be read any more: {error}") from error
    if table.num_rows != block.count or table.num_columns != len(columns):
        raise BadDataError(f"{block.file} has changed since it was opened: open it again")
    return table


@contextmanager
def opened(source: Rows) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection in which `data` is the rows."""
    import duckdb

    with duckdb.connect() as con:
        if _is_table(source):
            con.register("data", source)
        else:
            try:
                con.execute(f"CREATE VIEW data AS SELECT * FROM {files.scan(_paths(source))}")
            except duckdb.Error as error:
                raise BadDataError(f"{called(source)}: {files.first_line(error)}") from error
        try:
            yield con
        except duckdb.Error as error:  # a column that one of the files lacks, a page that cannot be decoded
            raise BadDataError(f"{called(source)}: {files.first_line(error)}") from error


def fields(source: Rows) -> Iterator[tuple[str, pa.Schema]]:
    """What each file, or the table, is called, and its schema."""
    import pyarrow.parquet as pq

    if _is_table(source):
        yield called(source), source.schema
    else:
        yield from ((str(path), pq.read_schema(path)) for path in _paths(source))


def called(source: Rows) -> str:
    """What a message calls it."""
    if _is_table(source):
        return "the table"
    return ", ".join(map(str, source)) if isinstance(source, list | tuple) else str(source)


def _groups(source: Rows) -> Iterator[tuple[Path | None, int, int]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if _is_table(source):
        for group, start in enumerate(range(0, source.num_rows, TABLE_BLOCK)):
            yield None, group, min(TABLE_BLOCK, source.num_rows - start)
        return
    for path in _paths(source):
        try:
            told = pq.read_metadata(path)
        except (pa.ArrowException, OSError) as error:
            raise BadDataError(f"{path} is not a Parquet file that can be read: {error}") from error
        yield from ((path, group, told.row_group(group).num_rows) for group in range(told.num_row_groups))


def _paths(source: Rows) -> list[Path]:
    given = list(source) if isinstance(source, list | tuple) else [source]
    if not given or not all(isinstance(one, str | os.PathLike) for one in given):
        raise UsageError(f"{type(source).__name__} is no source: give a pyarrow.Table, or Parquet files by name")
    return files.once([path for one in given for path in files.expand(one, (files.PARQUET,))])


def _is_table(source: Rows) -> bool:
    import pyarrow as pa

    return isinstance(source, pa.Table)
