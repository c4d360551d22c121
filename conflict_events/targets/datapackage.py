"""A release as a Data Package (datapackage.org): a Table Schema for each Parquet file.

Only terms that versions 1 and 2 share, and `arrowType`, `unit`, `source` and `vocabulary` beside them, which both
allow. The descriptor is what is promised here. frictionless, the reference reader, cannot check Parquet rows by it: it
counts no bytes of such a file, and reads a null in an integer column as NaN and a list as an array of numpy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conflict_events import schema
from conflict_events.schema import vocabulary
from conflict_events.schema.kinds import Between, References
from conflict_events.schema.types import Type

_TYPES: dict[Type, str] = {
    Type.STRING: "string",
    Type.BOOL: "boolean",
    Type.INT8: "integer",
    Type.INT32: "integer",
    Type.FLOAT: "number",
    Type.DOUBLE: "number",
    Type.DATE: "date",
    Type.BINARY: "string",
    Type.STRINGS: "array",
    Type.AFFILIATIONS: "array",
    Type.BBOX: "object",
}


def document(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The descriptor, from the content of manifest.json."""
    release = manifest["release"]
    found = {
        "name": manifest["name"],
        "title": release["title"],
        "description": release["description"],
        "version": release["version"],
        "homepage": release.get("url"),
        "created": f"{release['released']}T00:00:00Z",
        "keywords": release.get("keywords"),
        "licenses": [{"name": release["licence"], "path": release["licence_url"]}],
        "contributors": [{"title": author, "role": "author"} for author in release["authors"]],
        "resources": [_resource(file) for file in manifest["files"]],
    }
    return {key: value for key, value in found.items() if value}


def _resource(file: Mapping[str, Any]) -> dict[str, Any]:
    table = schema.table(file["table"])
    return {
        # Data Package 1 allows lower case, digits and ._-/ in a name
        "name": table.name,
        "path": file["path"],
        "description": table.description,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "schema": table_schema(table),
    }


def table_schema(table: schema.Table) -> dict[str, Any]:
    """The table as a Table Schema: fields with constraints, primary key, foreign keys."""
    found: dict[str, Any] = {
        "fields": [_field(table, column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    references = [rule.kind for rule in table.rules if isinstance(rule.kind, References)]
    if references:
        found["foreignKeys"] = [
            {
                "fields": [kind.column],
                # "" is the table itself
                "reference": {"resource": "" if kind.table == table.name else kind.table, "fields": [kind.other]},
            }
            for kind in references
        ]
    return found


def _field(table: schema.Table, column: schema.Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "arrowType": column.type.value,
        "description": column.description,
        "source": column.source,
        "unit": column.unit,
        "vocabulary": column.vocabulary,
        "constraints": _constraints(table, column),
    }
    if column.type is Type.BINARY:
        found["format"] = "binary"
    return {key: value for key, value in found.items() if value}


def _constraints(table: schema.Table, column: schema.Column) -> dict[str, Any]:
    found: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.vocabulary:
        codes = vocabulary.codes(column.vocabulary)
        found["enum"] = list(codes) if column.type is Type.STRING else [int(code) for code in codes]
    for rule in table.rules:
        # a range that holds for some origins only is no constraint of the column
        if isinstance(rule.kind, Between) and rule.kind.column == column.name and not rule.origins:
            ends = {"minimum": rule.kind.low, "maximum": rule.kind.high}
            found |= {name: value for name, value in ends.items() if value is not None}
    return found
