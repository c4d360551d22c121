"""Which tables a user's files are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import files, schema
from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import duckdb

Source = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""A Parquet file, a folder of them, a glob, or a sequence of these."""


def tables_in(source: Source, con: duckdb.DuckDBPyConnection) -> dict[str, list[Path]]:
    """The files of `source` by the table that each is, in the order of schema.TABLES.

    Raises UsageError for a file that is not there, of no known table or of a newer schema, and BadDataError for one
    that is not Parquet.
    """
    given = [source] if isinstance(source, str | os.PathLike) else list(source)
    if not given:
        raise UsageError("no file given: name a Parquet file, a folder or a glob")
    found: dict[str, list[Path]] = {}
    for path in files.once([path for one in given for path in files.expand(one, (files.PARQUET,))]):
        found.setdefault(files.parquet(con, path).table, []).append(path)
    return {table.name: found[table.name] for table in schema.TABLES if table.name in found}
