"""What is linked: event files of any number of origins, or tables, as one view `given` with every declared column."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import files, schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.targets.accepted import ACCEPTED, accepts

if TYPE_CHECKING:
    import duckdb

FRAMES = ("pyarrow", "pandas", "geopandas", "polars", "duckdb", "_duckdb")


def give(con: duckdb.DuckDBPyConnection, data: Any) -> list[Path]:
    """Make the view `given` of all events in `data`: a path, folder, glob, table, or a list of these.

    Of a folder the events alone are read. Returns the files. Raises UsageError for what is no events table,
    BadDataError where a file cannot be read, a column has another type than the schema's, or an event_id is null
    or stands twice.
    """
    items = list(data) if isinstance(data, (list, tuple)) else [data]
    paths: list[Path] = []
    scans: list[str] = []
    for number, item in enumerate(items):
        if isinstance(item, (str, os.PathLike)):
            found = [path for path in _events_files(con, item) if path not in paths]
            paths.extend(found)
        elif type(item).__module__.split(".")[0] in FRAMES:
            scans.append(_frame(con, item, f"_given_{number}"))
        else:
            raise UsageError(f"cannot link a {type(item).__name__}: give paths, or tables of events")
    paths = files.once(paths)
    scans = [_scan(con, f"FROM {files.scan([path])}", str(path)) for path in paths] + scans
    if not scans:
        raise UsageError("nothing to link: no file and no table of events was given")
    con.execute(f"CREATE TEMP VIEW given AS {' UNION ALL '.join(scans)}")
    _refuse_ambiguous(con)
    return paths


def _events_files(con: duckdb.DuckDBPyConnection, given: str | os.PathLike[str]) -> list[Path]:
    whole = Path(given).expanduser().is_dir()
    found = []
    for path in files.expand(given, (files.PARQUET,)):
        if path.suffix.lower() != files.PARQUET and not files.is_parquet(path):
            raise UsageError(f"{path}: only Parquet files can be linked: `conflict-events convert` makes them")
        table = files.parquet(con, path).table
        if table == "events":
            found.append(path)
        elif not whole:
            raise UsageError(f"{path} is table {table}: only events can be linked")
    if not found:
        raise UsageError(f"{given} holds no file of events")
    return found


def _frame(con: duckdb.DuckDBPyConnection, data: Any, view: str) -> str:
    from conflict_events.quality.frames import register

    label, _ = register(con, view, data, "events")
    return _scan(con, f"FROM {view}", label)


def _scan(con: duckdb.DuckDBPyConnection, source: str, label: str) -> str:
    """The SQL that gives every declared column, null where the source has none."""
    types = {name: str(kind) for name, kind, *_ in con.execute(f"DESCRIBE {source}").fetchall()}
    declared = schema.table("events").columns
    if "event_id" not in types or "origin" not in types:
        raise UsageError(f"{label} has no event_id or no origin: give events as the schema declares them")
    extra = [name for name in types if name not in {c.name for c in declared}]
    if extra:
        raise UsageError(f"{label} has a column {extra[0]} that events have not: drop it, or put it into native")
    selected = []
    for column in declared:
        wanted = ACCEPTED[column.type][0]
        found = types.get(column.name)
        if found is not None and not accepts(column.type, found):
            raise BadDataError(
                f"{label}: column {column.name} is {found}, not {wanted}: `conflict-events validate` tells more"
            )
        value = "NULL" if found is None else f'"{column.name}"'
        selected.append(f'CAST({value} AS {wanted}) AS "{column.name}"')
    return f"SELECT {', '.join(selected)} {source}"


def _refuse_ambiguous(con: duckdb.DuckDBPyConnection) -> None:
    nameless, *twice = con.execute(
        "SELECT event_id, count(*) FROM given GROUP BY event_id HAVING event_id IS NULL OR count(*) > 1 "
        "UNION ALL SELECT NULL, 0 ORDER BY event_id NULLS FIRST, 2 LIMIT 3"
    ).fetchall()
    again = [row for row in twice if row[0] is not None]
    if len(twice) > len(again) or nameless[1]:
        raise BadDataError("an event has no event_id: `conflict-events validate` tells which")
    if again:
        raise BadDataError(
            f"event_id {again[0][0]} stands {again[0][1]} times: give each event once, of one release of its dataset"
        )
