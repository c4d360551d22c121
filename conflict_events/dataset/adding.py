"""New rows into records: how a conversion's events come to stand where a curator reviews them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from conflict_events import schema
from conflict_events.dataset import layout
from conflict_events.dataset.reading import Row, read
from conflict_events.dataset.toml_text import without_nulls
from conflict_events.dataset.writing import write
from conflict_events.errors import BadDataError, UsageError


def add(folder: Path, tables: Mapping[str, Iterable[Row]]) -> list[Path]:
    """Append rows to the records, so that `read` finds them; returns the files that changed, sorted.

    What is there keeps its text and comments. Rows of event_actors and casualties stand under their event or report,
    which must be among the rows. An actor, place or publisher that is there already stands as it is. Raises
    UsageError for a table that records do not hold, BadDataError for any other row that is already there or has no
    parent; then nothing was written.
    """
    for name in tables:
        if name not in layout.TABLES:
            raise UsageError(f"{name} is no table of the records: use {', '.join(layout.TABLES)}")
    there = read(folder).tables
    given = {name: _new(name, map(without_nulls, rows), there[name]) for name, rows in tables.items()}
    for parent, nested in layout.NESTED.items():
        for child, column in nested.values():
            _refuse_orphans(child, column, given.get(child, []), {row[column] for row in given.get(parent, [])}, parent)
    if "events" in given:
        given["events"].sort(key=lambda row: (str(row.get("date_start", "")), row["event_id"]))
    return write(folder, {name: [*there[name], *rows] for name, rows in given.items()})


def _refuse_orphans(table: str, column: str, rows: list[Row], known: set[str], parent: str) -> None:
    for row in rows:
        if row[column] not in known:
            raise BadDataError(f"{table}: {column} {row[column]!r} is not among the {parent} given: add them together")


def _new(table: str, rows: Iterable[Row], there: list[Row]) -> list[Row]:
    names = schema.table(table).key
    seen = {tuple(row[name] for name in names) for row in there}
    found = []
    for row in rows:
        key = tuple(row.get(name) for name in names)
        if None in key:
            raise BadDataError(f"{table}: a row without {' or '.join(names)}: a record has its key")
        if key not in seen:
            found.append(row)
        elif table not in layout.CURATED:
            raise BadDataError(f"{table}: {', '.join(map(str, key))} stands already in the records")
        seen.add(key)
    return found
