"""The declaration as a data contract: Open Data Contract Standard 3.1, `validation/contract.odcs.yaml`.

Every rule is a quality rule of type sql with the published DuckDB query, which counts the failing rows. What is said
beside it of a property (its range, its pattern) repeats such a rule in the standard's own words, for tools that read
those.
"""

from __future__ import annotations

from typing import Any

from conflict_events import schema
from conflict_events.schema.kinds import (
    Between,
    Matches,
    OneOf,
    References,
    Required,
    SpanFits,
    Together,
    Unique,
)
from conflict_events.schema.types import Type
from conflict_events.targets import sql, yaml_text

_TYPES: dict[Type, tuple[str, str]] = {
    Type.STRING: ("string", "VARCHAR"),
    Type.BOOL: ("boolean", "BOOLEAN"),
    Type.INT8: ("integer", "TINYINT"),
    Type.INT32: ("integer", "INTEGER"),
    Type.FLOAT: ("number", "FLOAT"),
    Type.DOUBLE: ("number", "DOUBLE"),
    Type.DATE: ("date", "DATE"),
    # the only one is geometry: DuckDB reads GeoParquet as GEOMETRY, which tools know no name of but its text
    Type.BINARY: ("string", "VARCHAR"),
    Type.STRINGS: ("array", "ARRAY"),
    Type.AFFILIATIONS: ("array", "ARRAY"),
    Type.BBOX: ("object", "STRUCT"),
}
"""The standard's logical type, and DuckDB's, of each of ours; of a nested one only its kind, as tools read no more."""

_SIDES = ("xmin", "ymin", "xmax", "ymax")
_DIMENSIONS: dict[type, str] = {
    Required: "completeness",
    Together: "completeness",
    OneOf: "conformity",
    Matches: "conformity",
    Between: "accuracy",
    SpanFits: "consistency",
    Unique: "uniqueness",
}


def contract() -> str:
    """The contract as YAML."""
    rules = sql.index()["rules"]
    return yaml_text.dump(
        {
            "apiVersion": "v3.1.0",
            "kind": "DataContract",
            "id": "conflict-events",
            "name": "conflict-events",
            "version": schema.VERSION,
            "status": "active",
            "domain": "armed conflict",
            "tags": ["armed conflict", "event data", "data quality"],
            "description": {
                "purpose": "Events of armed conflict, the reports they rest on, the people they harmed, the actors "
                "and places they name, and the evidence for each.",
                "usage": "Analysis in SQL and in data frames, machine learning, and checks of other files that claim "
                "the schema. The data are licensed under CC BY 4.0; cite the release.",
                "limitations": "A file of one table breaks no rule about another: those need both. Rules tagged "
                "release are asked of a release only.",
            },
            "servers": [
                {
                    "server": "release",
                    "type": "local",
                    "description": "The shipped release, from the project's folder.",
                    "path": "data/release/{model}.parquet",
                    "format": "parquet",
                }
            ],
            "schema": [_table(table, rules) for table in schema.TABLES],
            "support": [
                {
                    "channel": "issues",
                    "tool": "other",
                    "scope": "issues",
                    "description": "The project's issue tracker; see CONTRIBUTING.md and SECURITY.md.",
                }
            ],
            "customProperties": [
                {"property": "license", "value": "CC-BY-4.0"},
                {"property": "schemaVersion", "value": schema.VERSION},
            ],
        }
    )


def _table(table: schema.Table, rules: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": table.name,
        "name": table.name,
        "physicalName": table.name,
        "physicalType": "table",
        "logicalType": "object",
        "description": table.description,
        "properties": [_property(table, column) for column in table.columns],
        "quality": [_quality(rule, rules[rule.id]) for rule in table.rules],
    }


def _property(table: schema.Table, column: schema.Column) -> dict[str, Any]:
    logical, physical = _TYPES[column.type]
    found: dict[str, Any] = {
        "id": column.name,
        "name": column.name,
        "logicalType": logical,
        "physicalType": physical,
        "description": column.description,
        "required": not column.nullable,
        "classification": "public",
    }
    # the standard's key has no nulls in it; some of ours have
    if column.name in table.key and not any(table.column(c).nullable for c in table.key):
        found |= {"primaryKey": True, "primaryKeyPosition": table.key.index(column.name) + 1}
    if any(rule.kind == Unique((column.name,)) for rule in table.rules):
        found["unique"] = True
    options = _options(table, column)
    if options:
        found["logicalTypeOptions"] = options
    targets = [f"{r.kind.table}.{r.kind.other}" for r in table.rules if _points(r, column)]  # type: ignore[union-attr]
    if targets:
        found["relationships"] = [{"type": "foreignKey", "to": target} for target in targets]
    more = {
        "arrowType": column.type.value,
        "unit": column.unit,
        "vocabulary": column.vocabulary,
        "source": column.source,
    }
    found["customProperties"] = [{"property": name, "value": value} for name, value in more.items() if value]
    return found | _inside(column)


def _points(rule: schema.Rule, column: schema.Column) -> bool:
    return isinstance(rule.kind, References) and rule.kind.column == column.name


def _inside(column: schema.Column) -> dict[str, Any]:
    """What a nested column consists of, where tools can read it: they stumble over a part named `from`."""
    if column.type is Type.STRINGS:
        return {"items": {"logicalType": "string", "physicalType": "VARCHAR"}}
    if column.type is Type.BBOX:
        parts = [{"name": side, "logicalType": "number", "physicalType": "DOUBLE"} for side in _SIDES]
        return {"properties": parts}
    return {}


def _options(table: schema.Table, column: schema.Column) -> dict[str, Any]:
    """The ranges and the pattern that hold for all origins."""
    found: dict[str, Any] = {}
    for rule in table.rules:
        kind = rule.kind
        if rule.origins:
            continue
        if isinstance(kind, Between) and kind.column == column.name:
            ends = {"minimum": kind.low, "maximum": kind.high}
            found |= {name: value for name, value in ends.items() if value is not None}
        if isinstance(kind, Matches) and kind.column == column.name:
            found["pattern"] = f"^(?:{kind.pattern})$"
            if kind.length is not None:
                found |= {"minLength": kind.length, "maxLength": kind.length}
    return found


def _quality(rule: schema.Rule, made: dict[str, Any]) -> dict[str, Any]:
    rows = made["query"] if "query" in made else f'SELECT * FROM "{rule.table}" WHERE NOT {made["predicate"]}'
    kind = type(rule.kind)
    return {
        "id": rule.id,
        "name": rule.name,
        "description": f"{rule.id} {rule.name}: {rule.explanation}",
        "dimension": _DIMENSIONS.get(kind, "consistency"),
        "severity": str(rule.severity),
        "tags": [rule.suite],
        "type": "sql",
        "query": f"SELECT count(*) FROM ({rows})",
        "mustBe": 0,
    }
