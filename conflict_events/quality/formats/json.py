"""The whole result as one JSON object, for other programs. Every failure is in it; `json_schema` says what it has."""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, cast

from conflict_events import schema
from conflict_events.quality.result import Result

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 50_000
ESCAPED = r'["\\\x00-\x1f]'
"""What JSON cannot hold as it is."""
INVISIBLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that JSON may hold as they are and a terminal would act on, or UTF-8 cannot hold."""


def head(result: Result) -> dict[str, Any]:
    """The result as plain data, all but the failures."""
    excused = result.excused_counts
    return {
        "ok": result.ok,
        "suite": result.suite,
        "engine": result.engine,
        "schema_version": schema.VERSION,
        "seconds": round(result.seconds, 3),
        "files": [{"file": c.file, "table": c.table, "rows": c.rows} for c in result.checked],
        "blocking": sorted(result.blocking),
        "rules": [
            {
                "id": r,
                "name": schema.rule(r).name,
                "severity": result.severity(r).value,
                "failures": n,
                "excused": excused.get(r, 0),
                "allowed": result.allowed.get(r, 0),
            }
            for r, n in sorted(result.counts.items())
        ],
        "not_run": [{"id": s.rule_id, "table": s.table, "file": s.file, "reason": s.reason} for s in result.not_run],
    }


def to_json(result: Result) -> str:
    """The result as JSON text, ending with a newline."""
    start = json.dumps(head(result), indent=1, ensure_ascii=False).removesuffix("\n}")
    lists = (f' "{name}": {_list(getattr(result, name))}' for name in ("failures", "excused"))
    return ",\n".join([_visible(start), *lists]) + "\n}\n"


def _list(table: pa.Table) -> str:
    """The rows of a table as a JSON array, a line a row."""
    lines = [_visible(",\n".join(_rows(batch))) for batch in table.to_batches(max_chunksize=BATCH) if batch.num_rows]
    return "[\n" + ",\n".join(lines) + "\n ]" if lines else "[]"


def _rows(batch: pa.RecordBatch) -> list[str]:
    """Each row as a JSON object, put together in bulk: a million rows take seconds, not half a minute."""
    import pyarrow.compute as pc

    pieces: list[Any] = []
    for n, name in enumerate(batch.schema.names):
        pieces += [f'{", " if n else "  {"}"{name}": ', _values(batch.column(n))]
    return cast(list[str], pc.binary_join_element_wise(*pieces, "}", "").to_pylist())


def _values(column: pa.Array) -> pa.Array:
    """Each value as JSON text; texts are escaped one by one only where one of them needs it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(column.type):
        return pc.fill_null(column.cast(pa.string()), "null")
    column = column.cast(pa.string())
    if pc.any(pc.match_substring_regex(column, ESCAPED), min_count=0).as_py():
        return pa.array(["null" if v is None else encode_basestring(v) for v in column.to_pylist()], pa.string())
    return pc.fill_null(pc.binary_join_element_wise('"', column, '"', ""), "null")


def _visible(text: str) -> str:
    """The same JSON with invisible characters, which can only be in its strings, as escapes."""
    return text if text.isascii() else INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
