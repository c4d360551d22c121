"""Where converted rows go: into memory, or block by block into Parquet files, so that memory does not grow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from conflict_events import schema

if TYPE_CHECKING:
    import pyarrow as pa

    from conflict_events.targets.parquet import Stream


class Sink(Protocol):
    """Takes rows by table, in order, and can give them back."""

    every_table: bool
    """Whether tables beside the dataset's own are wanted."""

    def write(self, table: str, rows: pa.Table) -> None:
        """Append rows of the declared schema."""

    def read(self, table: str) -> Iterator[pa.Table]:
        """The rows written so far, in order, in pieces. No more can be written to the table afterwards."""
        ...

    def rewrite(self, table: str, pieces: Iterator[pa.Table]) -> None:
        """Put these rows in the place of all that the table has; `pieces` may come from `read`."""


class Memory:
    """Rows kept as Arrow tables."""

    every_table = True

    def __init__(self) -> None:
        self.parts: dict[str, list[pa.Table]] = {}

    def write(self, table: str, rows: pa.Table) -> None:
        """Append rows of the declared schema."""
        self.parts.setdefault(table, []).append(rows)

    def read(self, table: str) -> Iterator[pa.Table]:
        """The rows, in order, in pieces."""
        yield from self.parts.get(table, ())

    def rewrite(self, table: str, pieces: Iterator[pa.Table]) -> None:
        """Put these rows in the place of all that the table has."""
        self.parts[table] = list(pieces)

    def tables(self) -> dict[str, pa.Table]:
        """Every table but the code lists, empty where nothing came."""
        import pyarrow as pa

        from conflict_events.targets.arrow import arrow_schema

        return {n: pa.concat_tables([arrow_schema(n).empty_table(), *self.parts.get(n, ())]) for n in _tables()}


class Files:
    """Rows written to `folder`/TABLE.parquet. `every_table`: all tables, else events (or the dataset's own) alone."""

    def __init__(self, folder: Path, every_table: bool, provenance: Mapping[str, str]) -> None:
        self.folder, self.every_table, self.provenance = folder, every_table, provenance
        self._open: dict[str, Stream] = {}

    def write(self, table: str, rows: pa.Table) -> None:
        """Append rows of the declared schema."""
        from conflict_events.targets.parquet import Stream

        if table not in self._open:
            self._open[table] = Stream(table, self.path(table), self.provenance)
        self._open[table].write(rows)

    def read(self, table: str) -> Iterator[pa.Table]:
        """The rows, in order, in pieces; closes the file."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._close(table)
        if self.path(table).exists():
            with pq.ParquetFile(self.path(table)) as file:
                for batch in file.iter_batches(batch_size=65536):
                    yield pa.Table.from_batches([batch])

    def rewrite(self, table: str, pieces: Iterator[pa.Table]) -> None:
        """Put these rows in the place of all that the table has."""
        from conflict_events.targets.parquet import Stream

        aside = self.path(table).with_suffix(".again")
        stream = Stream(table, aside, self.provenance)
        try:
            for piece in pieces:
                stream.write(piece)
        finally:
            stream.close()
        aside.replace(self.path(table))

    def finish(self, own: Sequence[str]) -> None:
        """Close all files; tables that are wanted and got no row become empty files."""
        from conflict_events.targets.arrow import arrow_schema

        for table in _tables() if self.every_table else own:
            if not self.path(table).exists():
                self.write(table, arrow_schema(table).empty_table())
        self.abandon()

    def abandon(self) -> None:
        """Close all files as they are."""
        for table in list(self._open):
            self._close(table)

    def path(self, table: str) -> Path:
        """The file of a table."""
        return self.folder / f"{table}.parquet"

    def _close(self, table: str) -> None:
        stream = self._open.pop(table, None)
        if stream is not None:
            stream.close()


def _tables() -> list[str]:
    return [t.name for t in schema.TABLES if t not in schema.CROSSWALKS]
