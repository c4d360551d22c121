"""Frames and relations of other libraries, as views that DuckDB can scan. No library is imported for a type test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import first_line, table_of
from conflict_events.quality import geo_frames
from conflict_events.schema.structure import TABLE_KEY
from conflict_events.targets.arrow import arrow_type

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def register(con: duckdb.DuckDBPyConnection, view: str, data: Any, table: str | None) -> tuple[str, str]:
    """Make the data a view of that name; returns a label for messages, and the table that it is.

    Raises UsageError for a type that we cannot read or a table that cannot be told, BadDataError for a frame that
    has no Arrow form.
    """
    import pyarrow as pa

    library, kind = type(data).__module__.split(".")[0].lstrip("_"), type(data).__name__
    label = f"<{library} {kind}{f' {table}' if table else ''}>"
    boxes = None
    if (library, kind) == ("geopandas", "GeoDataFrame"):
        boxes, data = geo_frames.boxes(data), geo_frames.plain(label, data)
        library, kind = "pandas", "DataFrame"
    try:
        if (library, kind) == ("pandas", "DataFrame"):
            data = _with_index(data)
        arrow = _arrow(library, kind, data)
    except (pa.ArrowException, ValueError, TypeError) as error:
        raise BadDataError(f"{label} has no form that can be checked: {first_line(error)}") from error
    names = list(arrow.schema.names)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadDataError(f"{label} has two columns named {twice}: rename one")
    said = (arrow.schema.metadata or {}).get(TABLE_KEY.encode())
    known = table or table_of(label, said.decode() if said else None, dict.fromkeys(names, ""))
    if library == "pandas":
        arrow = _undo_pandas(data, arrow, known)
    if boxes is not None and "bbox" in schema.table(known).names and "bbox" not in names:
        arrow = arrow.append_column("bbox", boxes)
    if isinstance(arrow, pa.RecordBatchReader):
        # it can be read but once, so its rows go into the engine's own table, which spills to disk
        con.register("_reader", arrow)
        con.execute(f"CREATE TEMP TABLE {view} AS SELECT * FROM _reader")
        con.unregister("_reader")
    else:
        con.register(view, arrow)
    return label, known


def _arrow(library: str, kind: str, data: Any) -> Any:
    """The data as something of Arrow's; UsageError for a type that we cannot read."""
    import pyarrow as pa

    match (library, kind):
        case ("pyarrow", "RecordBatch"):
            return pa.Table.from_batches([data])
        case ("pyarrow", "Table" | "RecordBatchReader" | "FileSystemDataset" | "UnionDataset" | "InMemoryDataset"):
            return data
        case ("duckdb", "DuckDBPyRelation"):
            return data.to_arrow_reader()
        case ("polars", "DataFrame"):
            return data.to_arrow()
        case ("polars", "LazyFrame"):
            return data.collect().to_arrow()
        case ("pandas", "DataFrame"):
            return pa.Table.from_pandas(data, preserve_index=False)
        case ("datasets", "Dataset"):
            return data.with_format("arrow")[:]
        case ("pyspark", "DataFrame"):
            raise UsageError("a Spark frame is checked where it is: use engine spark (auto picks it)")
    raise UsageError(
        f"cannot validate a {type(data).__module__}.{kind}: give path(s), an Arrow, pandas, GeoPandas or polars table, "
        "a Dataset of Hugging Face's, or a DuckDB relation"
    )


def _with_index(frame: Any) -> Any:
    """The frame with the named levels of its index as columns, as pandas writes them; a nameless one only counts."""
    named = [name for name in frame.index.names if name is not None and name not in frame.columns]
    return frame.reset_index(level=named) if named else frame


def _undo_pandas(frame: Any, inferred: pa.Table, table: str) -> pa.Table:
    """The declared type where pandas only lacks a nullable one and no value changes."""
    import pyarrow as pa

    declared = {c.name: arrow_type(c.type) for c in schema.table(table).columns}
    columns = {}
    for name, column in zip(inferred.column_names, inferred.columns, strict=True):
        wanted = declared.get(name, column.type)
        lacks = (
            column.null_count == len(column)
            or (pa.types.is_floating(column.type) and pa.types.is_integer(wanted))
            or (pa.types.is_timestamp(column.type) and pa.types.is_date(wanted))
        )
        columns[name] = _as_declared(frame[name], column, wanted) if lacks else column
    return pa.table(columns)


def _as_declared(series: Any, inferred: pa.ChunkedArray, wanted: pa.DataType) -> pa.Array | pa.ChunkedArray:
    import pyarrow as pa

    if inferred.null_count == len(inferred):
        return pa.nulls(len(inferred), wanted)
    try:
        return pa.Array.from_pandas(series, type=wanted, safe=True)
    except (pa.ArrowException, ValueError, TypeError):
        return inferred
