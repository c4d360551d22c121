"""Results made by hand, so that a format's tests say what it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from conflict_events.quality.result import Checked, NotRun, Result
from conflict_events.quality.structure import Usable

FAILURES = pa.schema(
    [
        ("rule_id", pa.string()),
        ("file", pa.string()),
        ("row", pa.int64()),
        ("key", pa.string()),
        ("message", pa.string()),
    ]
)
EXCUSED = FAILURES.append(pa.field("reason", pa.string()))
TYPES = {"DOUBLE": pa.float64(), "VARCHAR": pa.string(), "DATE": pa.date32()}
HOSTILE = (
    "<script>alert(1)</script> \"q\" 'a' & </script><!-- ]]> `b` |c| **d** [e](http://f) @g \u202eevil\u2066 \x1b[31m "
    "\x00 \ufffe \x85 \u2028 100%,:\r\n::error::x"
)
"""What bad data may hold: markup, ends of sections, direction overrides, control characters, forbidden characters."""


class Rows:
    """Rows behind a made result: each failure of a row lies at the place that `places` gives for its row."""

    def __init__(self, failures: pa.Table, places: Mapping[int, Mapping[str, Any]]) -> None:
        self.failures, self.places = failures, places

    def split(self, table: str, good: bool, /) -> pa.Table:
        raise NotImplementedError(f"{table} {good}: no format reads whole rows")

    @property
    def parts(self) -> tuple[Usable, ...]:
        return ()

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        raise NotImplementedError("there is no connection")

    def in_order(self, part: Usable, /, good: bool) -> Iterator[tuple[str, pa.RecordBatch]]:
        raise NotImplementedError(f"{part} {good}: no format reads whole rows")

    def where(self, columns: Mapping[str, str], /) -> pa.Table:
        found = [f for f in self.failures.to_pylist() if f["row"] is not None]
        rows = [
            {k: f[k] for k in ("rule_id", "file", "row")} | {c: self.places.get(f["row"], {}).get(c) for c in columns}
            for f in found
        ]
        names = [("rule_id", pa.string()), ("file", pa.string()), ("row", pa.int64())]
        return pa.Table.from_pylist(rows, pa.schema(names + [(c, TYPES[t]) for c, t in columns.items()]))


def make(
    failures: Sequence[Mapping[str, Any]],
    *,
    ran: Sequence[str] = ("CE119", "CE203", "CE209"),
    checked: Sequence[Checked] = (Checked("events", "mine.csv", 10),),
    excused: Sequence[Mapping[str, Any]] = (),
    allowed: Mapping[str, int] | None = None,
    not_run: Sequence[NotRun] = (),
    suite: str = "core",
    places: Mapping[int, Mapping[str, Any]] | None = None,
) -> Result:
    """A result with those failures; counts follow from them."""
    table = pa.Table.from_pylist([dict(f) for f in failures], FAILURES)
    counts = dict.fromkeys(ran, 0)
    for f in failures:
        counts[f["rule_id"]] = counts.get(f["rule_id"], 0) + 1
    gone = pa.Table.from_pylist([dict(f) for f in excused], EXCUSED)
    rows = Rows(table, places or {})
    return Result(suite, "duckdb", tuple(checked), counts, table, tuple(not_run), 0.5, gone, allowed or {}, rows)


def failure(
    rule_id: str, row: int | None, message: str, file: str = "mine.csv", key: str | None = None
) -> dict[str, Any]:
    """One failure; its key is made from its row unless given."""
    made = None if row is None else f"e{row}"
    return {"rule_id": rule_id, "file": file, "row": row, "key": key or made, "message": message}
