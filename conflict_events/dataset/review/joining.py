"""Events of the records that turned out to be one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conflict_events.dataset.reading import read
from conflict_events.dataset.standing import settle
from conflict_events.dataset.writing import write
from conflict_events.errors import BadDataError

Row = dict[str, Any]

WHOLE = (
    ("side_a", "side_a_id", "side_a_type"),
    ("side_b", "side_b_id", "side_b_type"),
    ("place_name", "where_description", "place_id", "latitude", "longitude", "where_precision", "admin1", "admin2"),
    ("violence_type",),
    ("territory_from",),
    ("territory_to",),
)
"""Columns that an event without any value in them takes from the one it takes in; a group comes whole or not at all."""


def join(folder: Path, keep: str, events: Sequence[str]) -> list[Path]:
    """Make one event of several of the records in `folder`: `keep`, with the reports of all of them.

    What `keep` says stands; sides, place or kind of violence that it does not say it takes from the others. Its dead
    follow from all reports. An event that an earlier release had stays in events_history, with where it went. Returns
    the files that changed. Raises BadDataError for an event that the records do not have.
    """
    records = read(folder)
    tables = {name: [dict(row) for row in rows] for name, rows in records.tables.items()}
    join_rows(tables, keep, events, records.release.version, str(folder))
    settle(tables, [keep])
    return write(folder, tables)


def join_rows(tables: dict[str, list[Row]], keep: str, events: Sequence[str], release: str, where: str) -> None:
    """`join`, of the rows alone, in place, without the dead. release: the one that the records are for."""
    known = {row["event_id"]: row for row in tables["events"]}
    for one in (keep, *events):
        if one not in known:
            raise BadDataError(f"{where}: the records have no event {one!r}")
    others = [one for one in dict.fromkeys(events) if one != keep]
    if not others:
        raise BadDataError(f"{where}: to join {keep} with itself changes nothing: name another event")
    for one in others:
        _take(known[keep], known[one])
    gone = set(others)
    for table, columns in (("reports", ("event_id",)), ("events", ("parent_event_id",))):
        for row in tables[table]:
            for column in columns:
                if row.get(column) in gone:
                    row[column] = keep
    if known[keep].get("parent_event_id") in (keep, None):
        known[keep].pop("parent_event_id", None)
    tables["events_history"] += [past for one in others if (past := _history(known[one], keep, release))]
    tables["events"] = [row for row in tables["events"] if row["event_id"] not in gone]
    tables["event_actors"] = _actors(tables["event_actors"], keep, gone)
    tables["links"] = [row for row in tables["links"] if not {row["event_id_1"], row["event_id_2"]} & gone]


def _take(into: Row, other: Row) -> None:
    for group in WHOLE:
        first = group[0]
        if first not in into and first in other:
            for name in group:
                into.pop(name, None)
            into |= {name: other[name] for name in group if name in other}
            into["derived"] = sorted({*into.get("derived", []), *(set(other.get("derived", [])) & set(group))})
    if "place_id" not in into and "place_id" in other and into.get("country") == other.get("country"):
        _take_point(into, other)


def _take_point(into: Row, other: Row) -> None:
    """The point of the event that has one, where the place is the same and only one of the two was found."""
    for name in ("place_id", "latitude", "longitude", "where_precision", "admin1", "admin2", "where_description"):
        if name in other:
            into[name] = other[name]
    into["derived"] = sorted({*into.get("derived", []), *(set(other.get("derived", [])) & set(WHOLE[2]))})


def _history(row: Row, keep: str, release: str) -> Row | None:
    """What stays of an event that an earlier release had: its row, and what it was merged into."""
    since = row.get("release_revised") or row.get("release_added")
    if since is None or since == release:
        return None
    return {**row, "valid_from": since, "valid_to": release, "merged_into": keep}


def _actors(rows: list[Row], keep: str, gone: set[str]) -> list[Row]:
    kept: list[Row] = []
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        moved = {**row, "event_id": keep} if row["event_id"] in gone else row
        key = tuple(moved.get(name) for name in ("event_id", "name", "side", "role"))
        if key not in seen:
            seen.add(key)
            kept.append(moved)
    return kept
