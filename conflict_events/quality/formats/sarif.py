"""SARIF 2.1.0, for code scanning: failures on the lines of the files, with the rules' explanations.

Excused failures are there and suppressed. GitHub takes 5,000 results of a run, so no more are written; each rule gets
a share, and `properties` says how many there are.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import conflict_events
from conflict_events import schema
from conflict_events.quality.formats import sample, words
from conflict_events.quality.formats.lines import Lines, is_file, uri
from conflict_events.quality.result import Result

MOST = 5000
LEVELS = {schema.Severity.ERROR: "error", schema.Severity.WARNING: "warning", schema.Severity.INFO: "note"}


def to_sarif(result: Result) -> str:
    """The log as JSON text, ending with a newline."""
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(result)],
    }
    return json.dumps(log, indent=1) + "\n"  # ASCII: what is invisible is written as an escape


def _run(result: Result) -> dict[str, Any]:
    rules = sorted({*result.counts, *(s.rule_id for s in result.not_run)})
    index = {rule_id: n for n, rule_id in enumerate(rules)}
    tables = {c.file: c.table for c in result.checked}
    places = Lines(result)
    shown = sample.worst(result, MOST)
    return {
        "tool": {
            "driver": {
                "name": "conflict-events",
                "version": conflict_events.__version__,
                "semanticVersion": conflict_events.__version__,
                "rules": [_rule(result, rule_id) for rule_id in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _not_run(result)}],
        "results": [_result(result, f, index[f.rule_id], tables.get(f.file, ""), places) for f in shown],
        "properties": {
            "ok": result.ok,
            "suite": result.suite,
            "total": result.failures.num_rows,
            "shown": len(shown),
            "limit": MOST,
        },
    }


def _rule(result: Result, rule_id: str) -> dict[str, Any]:
    rule = schema.rule(rule_id)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("_", " ")},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": f"{rule.explanation}\n\nSource: {rule.source}. More: conflict-events schema show {rule.id}"},
        "defaultConfiguration": {"level": LEVELS[result.severity(rule_id)]},
        "properties": {"tags": ["data-quality", rule.suite]},
    }


def _result(result: Result, failure: sample.Failure, index: int, table: str, places: Lines) -> dict[str, Any]:
    out: dict[str, Any] = {
        "ruleId": failure.rule_id,
        "ruleIndex": index,
        "level": LEVELS[result.severity(failure.rule_id)],
        "message": {"text": failure.message or schema.rule(failure.rule_id).name},
        "locations": [_location(failure, table, places.of(failure.file, failure.row))],
        "partialFingerprints": {"ruleAndKey/v1": _fingerprint(failure, table)},
        "properties": {"file": failure.file, "row": failure.row, "key": failure.key},
    }
    if failure.excused is not None:
        out["suppressions"] = [{"kind": "external", "status": "accepted", "justification": failure.excused}]
    return out


def _location(failure: sample.Failure, table: str, line: int | None) -> dict[str, Any]:
    row = None if failure.row is None else f"row {failure.row}"
    name = failure.key or row
    logical = {"name": name or table, "fullyQualifiedName": f"{table}/{name}" if name else table}
    location: dict[str, Any] = {"logicalLocations": [logical | {"kind": "row" if name else "table"}]}
    if is_file(failure.file):
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(failure.file)}}
        location["physicalLocation"] = physical | ({"region": {"startLine": line}} if line else {})
    return location


def _fingerprint(failure: sample.Failure, table: str) -> str:
    """The same for the same failure after rows have moved: the rule and the row's key; without a key, the message."""
    parts = (failure.rule_id, table, failure.key or f"{failure.file}\n{failure.message}")
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _not_run(result: Result) -> list[dict[str, Any]]:
    return [
        {"level": "note", "message": {"text": f"{rule_id} did not run: {reason}"}, "associatedRule": {"id": rule_id}}
        for reason, ids in words.not_run(result)
        for rule_id in ids
    ]
