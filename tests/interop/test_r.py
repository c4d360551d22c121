"""R is not run here: the files keep to what its arrow package reads into R's own types."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce

PLAIN = {pa.string(), pa.bool_(), pa.int8(), pa.int32(), pa.float32(), pa.float64(), pa.date32(), pa.binary()}
"""arrow.apache.org/docs/r/articles/data_types: each becomes an R vector; no 64-bit integer, which would be a bit64."""


def leaves(kind: pa.DataType) -> set[pa.DataType]:
    """The types that a type is made of, lists and structs taken apart."""
    if pa.types.is_list(kind):
        return leaves(kind.value_type)
    if pa.types.is_struct(kind):
        return set().union(*(leaves(field.type) for field in kind))
    return {kind}


@pytest.mark.parametrize("table", [t.name for t in ce.schema.TABLES])
def test_every_column_of_the_release_is_of_a_type_that_r_has(table: str) -> None:
    keep_to_r(ce.path(table))


def test_every_column_of_a_converted_file_is_of_a_type_that_r_has(converted: Path) -> None:
    keep_to_r(converted)


def keep_to_r(file: Path) -> None:
    """Plain types, one codec, nothing that only new readers know."""
    assert set().union(*(leaves(field.type) for field in pq.read_schema(file))) <= PLAIN
    metadata = pq.read_metadata(file)
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    chunks = [group.column(number) for group in groups for number in range(group.num_columns)]
    assert {chunk.compression for chunk in chunks} == {"ZSTD"}, "the page names it"
    assert {e for chunk in chunks for e in chunk.encodings} <= {"PLAIN", "RLE", "RLE_DICTIONARY"}
    assert {chunk.physical_type for chunk in chunks} <= {"BOOLEAN", "INT32", "FLOAT", "DOUBLE", "BYTE_ARRAY"}
