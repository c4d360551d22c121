"""One table as one Parquet file: the same bytes for the same rows and the same pyarrow, whatever their order.

Sorted, with the declared schema and the provenance in the metadata; events and events_history are GeoParquet 1.1.
No clock, no random name and no path gets into the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from conflict_events import schema
from conflict_events.errors import BadDataError
from conflict_events.schema.types import Type
from conflict_events.targets.arrow import arrow_schema
from conflict_events.targets.geo import extent, geo_metadata, union, with_geometry

ROWS_PER_GROUP = 122_880  # DuckDB hands one row group to one thread, and this is its own unit of work
_PREFIX = "conflict_events."


def write(table_name: str, data: pa.Table, path: Path, provenance: Mapping[str, str]) -> None:
    """Write `data` as the Parquet file `path` of the table.

    `provenance` (release, licence, source of a conversion) stands in the file's metadata, each name after
    `conflict_events.`. Geometry is made anew from the coordinates. The file is written aside and then put in
    place: a failure leaves neither a half file nor a lost old one. Raises BadDataError where the columns are not
    the declared ones or a column that may not be null is.
    """
    ready = prepare(table_name, data)
    metadata = {
        **(ready.schema.metadata or {}),
        **{(_PREFIX + name).encode(): text.encode() for name, text in sorted(provenance.items())},
    }
    if is_geographic(table_name):
        metadata[b"geo"] = geo_metadata(extent(ready))
    ready = ready.replace_schema_metadata(metadata)
    aside = path.with_name(f".{path.name}.part")
    try:
        pq.write_table(
            ready,
            aside,
            row_group_size=ROWS_PER_GROUP,
            compression="zstd",
            compression_level=6,
            use_dictionary=True,
            write_statistics=True,
            write_page_index=True,
            # Version 2 pages gain nothing under zstd, and some readers still refuse them.
            data_page_version="1.0",
            sorting_columns=pq.SortingColumn.from_ordering(
                ready.schema, [(name, "ascending") for name in _order(table_name)]
            ),
        )
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


class Stream:
    """A table's Parquet file written piece by piece, in the order given: for files larger than memory.

    Not sorted, so it claims no order. The extent of a geometry is known at the end and written then. Quick
    compression, because whoever converts a file waits for it.
    """

    def __init__(self, table_name: str, path: Path, provenance: Mapping[str, str]) -> None:
        declared = arrow_schema(table_name)
        self._table, self._rows = table_name, 0
        self._extent: list[float] | None = None
        said = {(_PREFIX + name).encode(): text.encode() for name, text in sorted(provenance.items())}
        self._schema = declared.with_metadata({**(declared.metadata or {}), **said})
        # texts that differ from row to row gain nothing from a dictionary, and it takes longest to find that out
        coded = [c.name for c in schema.table(table_name).columns if c.name not in _UNLIKE and c.type is not Type.BBOX]
        self._writer = pq.ParquetWriter(
            path,
            self._schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=coded,
            write_statistics=True,
            data_page_version="1.0",
        )

    def write(self, rows: pa.Table) -> None:
        """Append rows that have the declared columns."""
        if rows.num_rows:
            self._extent = union(self._extent, extent(rows)) if is_geographic(self._table) else None
        self._writer.write_table(rows.cast(self._schema), row_group_size=ROWS_PER_GROUP)

    def close(self) -> None:
        """Finish the file."""
        if is_geographic(self._table):
            self._writer.add_key_value_metadata({b"geo": geo_metadata(self._extent)})
        self._writer.close()


_UNLIKE = ("event_id", "origin_id", "native", "notes", "geometry", "report_id", "evidence_sha256", "url", "title")


def prepare(table_name: str, data: pa.Table) -> pa.Table:
    """`data` as the file will hold it: the declared columns, sorted, geometry made."""
    declared = arrow_schema(table_name)
    missing = [name for name in declared.names if name not in data.schema.names]
    extra = [name for name in data.schema.names if name not in declared.names]
    if missing or extra:
        wrong = [*(f"{name} is missing" for name in missing), *(f"{name} is unknown" for name in extra)]
        raise BadDataError(f"{table_name}: {'; '.join(wrong)}: give it the columns that the schema declares")
    try:
        typed = data.select(declared.names).cast(declared)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, ValueError) as error:
        raise BadDataError(f"{table_name}: {str(error).splitlines()[0]}: run `conflict-events validate`") from error
    ordered = typed.sort_by([(name, "ascending") for name in _order(table_name)])
    whole = with_geometry(ordered) if is_geographic(table_name) else ordered
    # One chunk, so that the pages do not depend on how the rows came together.
    return whole.combine_chunks()


def is_geographic(table_name: str) -> bool:
    """Whether the table has a geometry, and so becomes GeoParquet."""
    return any(c.type is Type.BBOX for c in schema.table(table_name).columns)


def _order(table_name: str) -> tuple[str, ...]:
    """The table's sort columns, then its key, so that rows with equal sort values have one order too."""
    declared = schema.table(table_name)
    return tuple(dict.fromkeys((*declared.sort, *declared.key)))
