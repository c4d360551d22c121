"""A baseline: the violations that are known, so that only new ones fail.

A violation is known by its rule and its row's key, or its message where the row has no key, and by how many of the
same there are. Where a row lies in its file does not matter: files are sorted anew, and rows move.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.files import first_line

if TYPE_CHECKING:
    import os

    import pyarrow as pa

    from conflict_events.quality.result import Result


def text(result: Result) -> str:
    """The result's failures as a baseline: JSON, the same text for the same failures, ends in a newline."""
    import pyarrow as pa
    import pyarrow.compute as pc

    failures = result.failures
    known = pa.table({"rule": failures["rule_id"], "what": pc.coalesce(failures["key"], failures["message"])})
    counted = known.group_by(["rule", "what"]).aggregate([([], "count_all")])
    rules: dict[str, dict[str, int]] = {}
    for row in counted.sort_by([("rule", "ascending"), ("what", "ascending")]).to_pylist():
        rules.setdefault(row["rule"], {})[row["what"]] = row["count_all"]
    head = {"schema_version": schema.VERSION, "suite": result.suite}
    return json.dumps({**head, "known": rules}, indent=1, ensure_ascii=False) + "\n"


def read(path: str | os.PathLike[str], suite: str) -> pa.Table:
    """The baseline as rule_id, what, n; UsageError where it is none, or of another schema version or suite."""
    import pyarrow as pa

    document = _document(path)
    for name, ours in (("schema_version", schema.VERSION), ("suite", suite)):
        if document.get(name) != ours:
            said = document.get(name)
            raise UsageError(
                f"baseline {path} is of {name} {said!r}, this run of {ours!r}: what a rule means may differ; make it "
                "again with --write-baseline"
            )
    rows = [(rule, what, n) for rule, known in document["known"].items() for what, n in known.items()]
    unknown = sorted(set(document["known"]) - {rule.id for rule in schema.RULES})
    if unknown:
        raise UsageError(f"baseline {path} names rule {unknown[0]}, which there is not: make it again")
    rule, what, n = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {"rule_id": pa.array(rule, pa.string()), "what": pa.array(what, pa.string()), "n": pa.array(n, pa.int64())}
    )


def _document(path: str | os.PathLike[str]) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 (any path-like)
            document = json.load(file)
        json.dumps(document, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except OSError as error:
        raise UsageError(f"baseline {path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"baseline {path} is not readable as JSON: {first_line(error)}") from error
    known = document.get("known") if isinstance(document, dict) else None
    if not isinstance(known, dict) or not all(map(_counts, known.values())):
        raise UsageError(f"{path} is no baseline: make one with --write-baseline")
    return dict(document)


def _counts(group: object) -> bool:
    """Whether this is what a baseline knows of one rule: texts and how many of each."""
    return isinstance(group, dict) and all(type(n) is int and 0 < n < 1 << 62 for n in group.values())
