"""The whole result as one JSON object, for other programs. Every failure is in it."""

from __future__ import annotations

import json
from typing import Any

from conflict_events import schema
from conflict_events.quality.result import Result


def to_dict(result: Result) -> dict[str, Any]:
    """The result as plain data."""
    return {
        "ok": result.ok,
        "suite": result.suite,
        "engine": result.engine,
        "schema_version": schema.VERSION,
        "seconds": round(result.seconds, 3),
        "files": [{"file": c.file, "table": c.table, "rows": c.rows} for c in result.checked],
        "rules": [
            {"id": r, "name": schema.rule(r).name, "severity": schema.rule(r).severity.value, "failures": n}
            for r, n in sorted(result.counts.items())
        ],
        "not_run": [{"id": s.rule_id, "table": s.table, "file": s.file, "reason": s.reason} for s in result.not_run],
        "failures": result.failures.to_pylist(),
    }


def to_json(result: Result) -> str:
    """The result as JSON text, ending with a newline."""
    return json.dumps(to_dict(result), indent=1, ensure_ascii=False) + "\n"
