"""The logical types a column can have; `targets/` says what each is in Arrow, DuckDB and the rest."""

from __future__ import annotations

from enum import StrEnum


class Type(StrEnum):
    """A column's type, named as Arrow names it."""

    STRING = "string"
    BOOL = "bool"
    INT8 = "int8"
    INT32 = "int32"
    FLOAT = "float"
    DOUBLE = "double"
    DATE = "date32"
    BINARY = "binary"
    STRINGS = "list<string>"
    AFFILIATIONS = "list<struct<affiliation: string, from: date32, to: date32>>"
    BBOX = "struct<xmin: double, ymin: double, xmax: double, ymax: double>"
