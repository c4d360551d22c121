"""The migrated rows as a Parquet file, with the metadata of their version, put in place whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import files
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema.structure import SCHEMA_VERSION_KEY, TABLE_KEY
from conflict_events.schema.types import Type

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Document = dict[str, Any]


def write(
    con: duckdb.DuckDBPyConnection, view: str, declared: Document, metadata: dict[bytes, bytes], version: str, out: Path
) -> None:
    import pyarrow.parquet as pq

    reader = con.sql(f"FROM {view}").to_arrow_reader(122_880)
    schema = _arrow(declared, reader.schema, metadata, version)
    aside = out.with_name(f".{out.name}.part")
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with pq.ParquetWriter(aside, schema, compression="zstd", compression_level=6) as writer:
            for batch in reader:
                writer.write_table(_as(batch, schema))
        aside.replace(out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _as(batch: pa.RecordBatch, schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    try:
        return pa.Table.from_batches([batch]).cast(schema)
    except (pa.ArrowInvalid, ValueError) as error:
        raise BadDataError(f"a row cannot be of the target version: {files.first_line(error)}") from error


def _arrow(declared: Document, found: pa.Schema, metadata: dict[bytes, bytes], version: str) -> pa.Schema:
    """The file's schema: the version's columns with their descriptions, then those that the schema does not know."""
    import pyarrow as pa

    from conflict_events.targets.arrow import arrow_type

    fields = []
    for column in declared["columns"]:
        said = {k: column[k] for k in ("description", "source", "unit", "vocabulary") if column[k]}
        kind = arrow_type(Type(column["type"]))
        fields.append(pa.field(column["name"], kind, nullable=column["nullable"], metadata=said))
    fields += [field for field in found if field.name not in {c["name"] for c in declared["columns"]}]
    own = {k: v for k, v in metadata.items() if k not in (b"ARROW:schema", b"pandas")}
    told = {
        SCHEMA_VERSION_KEY: version,
        TABLE_KEY: declared["name"],
        "conflict_events.description": declared["description"],
    }
    return pa.schema(fields, metadata={**own, **{k.encode(): v.encode() for k, v in told.items()}})
