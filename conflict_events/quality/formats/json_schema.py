"""The JSON Schema (draft 2020-12) of `--format json`, so that other programs can rely on it."""

from __future__ import annotations

import json
from typing import Any

from conflict_events import schema

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
RULE_ID = {"type": "string", "pattern": "^CE[0-9]{3}$"}


def text() -> str:
    """The schema as JSON text, ending with a newline."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def document() -> dict[str, Any]:
    """The schema as plain data."""
    failure = {
        "rule_id": RULE_ID,
        "file": TEXT | {"description": "path as it was given, or <pyarrow Table> and the like"},
        "row": _or_null(COUNT)
        | {"description": "0-based position in its file; null for a failure of the whole file or unordered input"},
        "key": _or_null(TEXT) | {"description": "the row's key, as text"},
        "message": TEXT,
    }
    properties = {
        "ok": {"type": "boolean", "description": "whether no rule of severity error failed, but for what is excused"},
        "suite": {"enum": list(schema.SUITES)},
        "engine": TEXT,
        "schema_version": TEXT | {"pattern": r"^\d+\.\d+\.\d+$"},
        "seconds": {"type": "number", "minimum": 0},
        "files": _list({"file": TEXT, "table": {"enum": [t.name for t in schema.TABLES]}, "rows": COUNT}),
        "blocking": {
            "type": "array",
            "items": RULE_ID,
            "uniqueItems": True,
            "description": "the rules because of which the data is not ok",
        },
        "rules": _list(
            {
                "id": RULE_ID,
                "name": TEXT,
                "severity": {"enum": [s.value for s in schema.Severity], "description": "in this suite"},
                "failures": COUNT,
                "excused": COUNT | {"description": "how many of them a policy excuses"},
                "allowed": COUNT | {"description": "how many more a policy's threshold allows"},
            }
        )
        | {"description": "every rule that ran, by id"},
        "not_run": _list({"id": RULE_ID, "table": TEXT, "file": _or_null(TEXT), "reason": TEXT}),
        "failures": _list(failure) | {"description": "every failure"},
        "excused": _list(failure | {"reason": TEXT}) | {"description": "the failures that a policy excuses, and why"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The result of conflict-events validate --format json",
        **_object(properties),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}


def _or_null(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"type": [one["type"], "null"]}
