"""Frames and relations of other libraries, as views that DuckDB can scan. No library is imported for a type test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.targets.arrow import arrow_type

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def register(con: duckdb.DuckDBPyConnection, data: Any, table: str | None) -> tuple[str, str]:
    """A label for messages and the name of a view over the data; UsageError for a type we cannot read."""
    library, kind = type(data).__module__.split(".")[0].lstrip("_"), type(data).__name__
    number = len(con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall())
    number += len(con.execute("SELECT table_name FROM duckdb_tables()").fetchall())
    view, label = f"_input_{number}", f"<{library} {kind}>"
    match (library, kind):
        case ("pyarrow", "RecordBatchReader"):
            _materialise(con, view, data)
        case ("pyarrow", "Table" | "RecordBatch" | "FileSystemDataset" | "UnionDataset" | "InMemoryDataset"):
            _register(con, view, data)
        case ("duckdb", "DuckDBPyRelation"):
            # a relation belongs to its own connection, so its rows are read once into ours, which spills to disk
            _materialise(con, view, data.to_arrow_reader())
        case ("polars", "DataFrame"):
            _register(con, view, data.to_arrow())
        case ("polars", "LazyFrame"):
            _register(con, view, data.collect().to_arrow())
        case ("pandas", "DataFrame"):
            _register(con, view, _from_pandas(data, table))
        case _:
            raise UsageError(
                f"cannot validate a {type(data).__module__}.{kind}: give path(s), an Arrow, pandas or polars table, "
                "or a DuckDB relation"
            )
    return label, f'"{view}"'


def _register(con: duckdb.DuckDBPyConnection, view: str, data: Any) -> None:
    con.register(view, data)


def _materialise(con: duckdb.DuckDBPyConnection, view: str, reader: Any) -> None:
    con.register("_reader", reader)
    con.execute(f'CREATE TEMP TABLE "{view}" AS SELECT * FROM _reader')
    con.unregister("_reader")


def _from_pandas(frame: Any, table: str | None) -> pa.Table:
    import pyarrow as pa

    inferred = pa.Table.from_pandas(frame, preserve_index=False)
    declared = {c.name: c for c in schema.table(table or "events").columns}
    columns = []
    for name, column in zip(inferred.column_names, inferred.columns, strict=True):
        wanted = arrow_type(declared[name].type) if name in declared else column.type
        columns.append(_as_declared(frame[name], column, wanted))
    return pa.table(dict(zip(inferred.column_names, columns, strict=True)))


def _as_declared(series: Any, inferred: pa.ChunkedArray, wanted: pa.DataType) -> pa.Array | pa.ChunkedArray:
    """The series in its declared type where pandas only lacks a nullable one and no value changes."""
    import pyarrow as pa

    lacks = (
        pa.types.is_null(inferred.type)
        or (pa.types.is_floating(inferred.type) and pa.types.is_integer(wanted))
        or (pa.types.is_timestamp(inferred.type) and pa.types.is_date(wanted))
    )
    if not lacks:
        return inferred
    try:
        return pa.Array.from_pandas(series, type=wanted, safe=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return inferred
