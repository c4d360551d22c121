"""Event files of any size with realistic distinct values, for the benchmarks. Made by DuckDB, not real events."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from conflict_events import schema
from conflict_events.schema import vocabulary
from conflict_events.targets.accepted import ACCEPTED

_SUBTYPES = [(t.code, t.parent) for t in vocabulary.terms("event_subtype")]
_VALUES = {
    "event_id": "'other:' || i",
    "origin": "'other'",
    "origin_id": "CAST(i AS VARCHAR)",
    "record_status": "'final'",
    "event_level": "'incident'",
    "event_type": f"{[p for _, p in _SUBTYPES]}[1 + i % {len(_SUBTYPES)}]",
    "event_subtype": f"{[c for c, _ in _SUBTYPES]}[1 + i % {len(_SUBTYPES)}]",
    "violence_type": "1 + i % 3",
    "date_start": "DATE '1989-01-01' + CAST(hash(i) % 13000 AS INTEGER)",
    "date_end": "DATE '1989-01-01' + CAST(hash(i) % 13000 AS INTEGER)",
    "date_precision": "1",
    "side_a": "'Government of ' || (hash(i) % 180)",
    "side_b": "'Group ' || (hash(i + 1) % 1500)",
    "initiator": "'not_coded'",
    "country": f"{list(vocabulary.codes('country'))}[1 + CAST(hash(i + 2) % 250 AS BIGINT)]",
    "admin1": "'Province ' || (hash(i + 3) % 3000)",
    "place_name": "'Town ' || (hash(i + 4) % 60000)",
    "latitude": "CAST(hash(i + 5) % 14000000 AS BIGINT) / 1e5 - 70",
    "longitude": "CAST(hash(i + 6) % 35000000 AS BIGINT) / 1e5 - 175",
    "where_precision": "1 + i % 5",
    "priogrid_gid": "CAST(floor((latitude + 90) / 0.5) * 720 + floor((longitude + 180) / 0.5) + 1 AS INTEGER)",
    "deaths_low": "hash(i + 7) % 5",
    "deaths_best": "hash(i + 7) % 5 + hash(i + 8) % 20",
    "deaths_high": "hash(i + 7) % 5 + hash(i + 8) % 20 + hash(i + 9) % 40",
    "conflict_id": "'other:' || (hash(i) % 500)",
    "dyad_id": "'other:' || (hash(i) % 1500)",
    "coder": "'made/1.0'",
    "reviewed": "false",
    "notes": "'note number ' || i",
    "geometry": "CAST('\\x01\\x01\\x00\\x00\\x00' AS BLOB)",
}

_BROKEN: tuple[dict[str, str], ...] = (
    {"deaths_best": "1000"},
    {"country": "'XXX'"},
    {"latitude": "95", "priogrid_gid": "1"},
    {"coder": "NULL"},
    {"date_end": "DATE '1988-01-01'"},
    {"dyad_id": "'no origin'"},
    {"event_type": "'riots'", "event_subtype": "'grenade'"},
    {"event_id": "'other:' || (i - 1)", "origin_id": "CAST(i - 1 AS VARCHAR)"},
)
"""The faults that broken rows have, in turn: one rule each; the last makes two rows fail, as duplicates do."""


def events(
    path: Path, rows: int, broken_every: int = 0, first: int = 0, values: Mapping[str, str] | None = None
) -> None:
    """Write rows number `first` to `first + rows - 1` as Parquet; each `broken_every`-th breaks a rule.

    values: column -> SQL over the row's number `i`, in place of what is made otherwise.
    """
    columns = []
    for column in schema.table("events").columns:
        value = {**_VALUES, **(values or {})}.get(column.name, "NULL")
        for turn, fault in enumerate(_BROKEN if broken_every else ()):
            if column.name in fault:
                here = f"i > 0 AND i % {broken_every} = 0 AND (i // {broken_every}) % {len(_BROKEN)} = {turn}"
                value = f"CASE WHEN {here} THEN {fault[column.name]} ELSE {value} END"
        columns.append(f"CAST({value} AS {ACCEPTED[column.type][0]}) AS {column.name}")
    con = duckdb.connect()
    con.execute(
        f"COPY (SELECT {', '.join(columns)} FROM range({first}, {first + rows}) AS r(i)) TO '{path}' "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
