"""The release that is installed: its tables, without network."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import resources, schema
from conflict_events.dataset.manifest import Manifest, read
from conflict_events.errors import BadDataError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa


def manifest(release: Path | None = None) -> Manifest:
    """What the release holds. `release` is its folder; None the one installed with the package."""
    return read(release or resources.release())


def version(release: Path | None = None) -> str:
    """The data release: 2026.11.0."""
    return manifest(release).version


def path(table: str, release: Path | None = None) -> Path:
    """The Parquet file of a table. Raises UsageError for a table that there is not, naming those there are."""
    names = [t.name for t in schema.TABLES]
    if table not in names:
        close = get_close_matches(table, names, n=1)
        meant = f"is {close[0]} meant? The tables are" if close else "the tables are"
        raise UsageError(f"no table '{table}': {meant} {', '.join(names)}")
    file = (release or resources.release()) / f"{table}.parquet"
    if not file.is_file():
        raise UsageError(
            f"{file}: no such file: reinstall conflict-events, or run `conflict-events build` in a checkout"
        )
    return file


def load(table: str, release: Path | None = None) -> pa.Table:
    """A table of the release as Arrow, in its declared schema and order.

    Raises UsageError as `path` does, BadDataError where the file cannot be read as Parquet.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = path(table, release)
    try:
        # ParquetFile, since read_table imports pyarrow.dataset, which takes longer than the reading.
        with pq.ParquetFile(file) as parquet:
            return parquet.read()
    except (pa.ArrowInvalid, OSError) as error:
        raise BadDataError(f"{file} cannot be read ({error}): run `conflict-events verify`") from error
