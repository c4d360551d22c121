"""A release as Croissant 1.0 metadata (mlcommons.org/croissant): what ML tools read before the data.

Left out, and named in the description of the table: geometry and bbox, which repeat latitude and longitude (Croissant
1.0 has no type for bytes), and lists of structs, which its reference reader cannot take from one column. References
between tables stand in the Data Package only: that reader joins on them, and would drop the rows without a partner.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conflict_events import schema
from conflict_events.schema.types import Type

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification prescribes, unchanged: readers warn of any other."""

_TYPES: dict[Type, str] = {
    Type.STRING: "sc:Text",
    Type.BOOL: "sc:Boolean",
    Type.INT8: "sc:Integer",
    Type.INT32: "sc:Integer",
    Type.FLOAT: "sc:Float",
    Type.DOUBLE: "sc:Float",
    Type.DATE: "sc:Date",
    Type.STRINGS: "sc:Text",
}


def document(manifest: Mapping[str, Any], citation: str) -> dict[str, Any]:
    """The JSON-LD document, from the content of manifest.json and the text to cite."""
    release = manifest["release"]
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": manifest["name"],
        "alternateName": release["title"],
        "description": release["description"],
        "version": release["version"],
        "datePublished": release["released"],
        "license": release["licence_url"],
        "url": release.get("url"),
        "citeAs": citation,
        "keywords": release.get("keywords"),
        "creator": [{"@type": "sc:Organization", "name": author} for author in release["authors"]],
        "distribution": [_file(file) for file in manifest["files"]],
        "recordSet": [_record_set(schema.table(file["table"]), file["path"]) for file in manifest["files"]],
    }
    return {key: value for key, value in found.items() if value}


def _file(file: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file["path"],
        "name": file["path"],
        "description": schema.table(file["table"]).description,
        "contentUrl": file["path"],
        "contentSize": f"{file['bytes']} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file["sha256"],
    }


def _record_set(table: schema.Table, path: str) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.description}{_left_out(table)}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(table, column, path) for column in table.columns if column.type in _TYPES],
    }


def _left_out(table: schema.Table) -> str:
    names = [column.name for column in table.columns if column.type not in _TYPES]
    return f" The file also has {', '.join(names)}." if names else ""


def _field(table: schema.Table, column: schema.Column, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.description} Unit: {column.unit}." if column.unit else column.description,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
    }
    if column.type is Type.STRINGS:
        found["repeated"] = True
    return found
