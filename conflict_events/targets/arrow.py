"""The declaration as Arrow schemas, with each column's description, unit and source in the field metadata."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyarrow as pa

from conflict_events import schema
from conflict_events.schema.structure import SCHEMA_VERSION_KEY, TABLE_KEY
from conflict_events.schema.types import Type

_TYPES: dict[Type, pa.DataType] = {
    Type.STRING: pa.string(),
    Type.BOOL: pa.bool_(),
    Type.INT8: pa.int8(),
    Type.INT32: pa.int32(),
    Type.FLOAT: pa.float32(),
    Type.DOUBLE: pa.float64(),
    Type.DATE: pa.date32(),
    Type.BINARY: pa.binary(),
    Type.STRINGS: pa.list_(pa.string()),
    Type.AFFILIATIONS: pa.list_(
        pa.struct([("affiliation", pa.string()), ("from", pa.date32()), ("to", pa.date32())]),
    ),
    Type.BBOX: pa.struct([(side, pa.float64()) for side in ("xmin", "ymin", "xmax", "ymax")]),
}


def arrow_type(type: Type) -> pa.DataType:
    """The Arrow type of a logical type."""
    return _TYPES[type]


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table, with its metadata; KeyError where there is no such table."""
    declared = schema.table(table)
    fields = []
    for column in declared.columns:
        metadata = {"description": column.description, "source": column.source}
        if column.unit:
            metadata["unit"] = column.unit
        if column.vocabulary:
            metadata["vocabulary"] = column.vocabulary
        fields.append(pa.field(column.name, arrow_type(column.type), nullable=column.nullable, metadata=metadata))
    return pa.schema(
        fields,
        metadata={
            SCHEMA_VERSION_KEY: schema.VERSION,
            TABLE_KEY: table,
            "conflict_events.description": declared.description,
        },
    )


def to_table(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of the declared schema; absent keys are null.

    Raises KeyError for a key that the table does not declare, and pyarrow.ArrowInvalid or ArrowTypeError for a
    value of another type: nothing is dropped or cast in silence.
    """
    declared = arrow_schema(table)
    unknown = {key for row in rows for key in row} - set(declared.names)
    if unknown:
        raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
    return pa.Table.from_pylist(rows, schema=declared)
