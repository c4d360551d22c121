"""From one release to the next: which events are new, which are revised, and how the superseded rows are kept.

A row of events stands from its release_revised, or its release_added where it was never revised, until a release has
another row of that event or none. Then it goes into events_history with `valid_from` and `valid_to`, whole and as it
was, so that `events_as_of` gives back exactly the events of every release. Any difference in a column but the release
labels supersedes a row, a mere change of spelling too: nothing less would give back the same table.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.dataset.release_info import is_version
from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import quoted

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

ADDED, REVISED = "release_added", "release_revised"
_APART = (ADDED, REVISED, "geometry", "bbox")
"""Columns that make no other row: the labels, and what follows from the coordinates."""

_VALUES = tuple(name for name in schema.table("events").names if name not in _APART)
_CHANGED = f"({', '.join(f'o.{n}' for n in _VALUES)}) IS DISTINCT FROM ({', '.join(f'n.{n}' for n in _VALUES)})"
_FROM = f"coalesce({REVISED}, {ADDED})"


def advance(old: Mapping[str, pa.Table] | None, new: Mapping[str, pa.Table], release: str) -> dict[str, pa.Table]:
    """`new` as the tables of `release`, the release after the one whose tables are `old`; None where it is the first.

    Sets release_added of new events and release_revised of changed ones, and adds the superseded rows to
    events_history. Only events and events_history are looked at; the other tables come back as they are. An event
    that comes back after a release without it keeps its first release_added and counts as revised. Rows of
    events_history in `new` stand beside those of `old`; for a row that is superseded now they give merged_into.

    Raises UsageError where `release` is malformed or not later than every release that `old` names; BadDataError
    where an event_id stands twice, a row of `old` says no release, or a label in `new` contradicts what follows.
    """
    import duckdb

    if not is_version(release):
        raise UsageError(f"'{release}' is no data release: write year, two-digit month and number, such as 2026.11.0")
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        _register(con, "new", new)
        _refuse_repeated(con, "new")
        if old is None:
            first = f"n.* REPLACE (coalesce(n.{ADDED}, {quoted(release)}) AS {ADDED})"
            return {**new, "events": _table(con, "events", f"SELECT {first} FROM new_events AS n")}
        _register(con, "old", old)
        _refuse_repeated(con, "old")
        _refuse_not_later(con, release)
        con.execute(f"CREATE TEMP VIEW labelled AS {_labelled(quoted(release))}")
        _refuse_contradiction(con)
        con.execute(f"CREATE TEMP VIEW superseded AS {_superseded(quoted(release))}")
        given = "EXCLUDE (given_added, given_revised)"
        return {
            **new,
            "events": _table(con, "events", f"SELECT * {given} FROM labelled"),
            "events_history": _table(con, "events_history", _history()),
        }


def previous(folder: Path, release: str) -> dict[str, pa.Table]:
    """The tables that `advance` needs of the release in `folder`.

    Raises UsageError where that is no release, or not an earlier one than `release`.
    """
    from conflict_events.dataset import release as releases

    before = releases.manifest(folder).version
    if order(before) >= order(release):
        raise UsageError(f"{folder} is release {before}, which is not before {release}: name the release before")
    return {name: releases.load(name, folder) for name in ("events", "events_history")}


def order(release: str) -> tuple[int, ...]:
    """A data release as numbers, which compare as releases do: 2026.11.9 before 2026.11.10."""
    return tuple(int(part) for part in release.split("."))


def _order(release: str) -> str:
    return f"CAST(string_split({release}, '.') AS BIGINT[])"


def _register(con: duckdb.DuckDBPyConnection, side: str, tables: Mapping[str, pa.Table]) -> None:
    from conflict_events.targets.arrow import arrow_schema

    for name in ("events", "events_history"):
        declared = arrow_schema(name)
        data = tables.get(name)
        if data is None:
            data = declared.empty_table()
        absent = [c for c in declared.names if c not in data.schema.names]
        if absent:
            raise BadDataError(f"the {side} {name} has no column {absent[0]}: run `conflict-events migrate` first")
        con.register(f"{side}_{name}", data.select(declared.names))


def _labelled(release: str) -> str:
    """The new events with their labels, and what the labels were given as."""
    back = f"arg_min(coalesce({ADDED}, valid_from), {_order(f'coalesce({ADDED}, valid_from)')})"
    return f"""
        SELECT n.* REPLACE (
            CASE WHEN o.event_id IS NOT NULL THEN o.{ADDED} ELSE coalesce(h.first, {release}) END AS {ADDED},
            CASE
                WHEN o.event_id IS NULL THEN CASE WHEN h.first IS NOT NULL THEN {release} END
                WHEN {_CHANGED} THEN {release}
                ELSE o.{REVISED}
            END AS {REVISED}
        ), n.{ADDED} AS given_added, n.{REVISED} AS given_revised
        FROM new_events AS n
        LEFT JOIN old_events AS o ON o.event_id = n.event_id
        LEFT JOIN (SELECT event_id, {back} AS first FROM old_events_history GROUP BY event_id) AS h
            ON h.event_id = n.event_id"""


def _superseded(release: str) -> str:
    """The rows of the old events that the new ones no longer have."""
    return f"""
        SELECT o.*, coalesce(o.{REVISED}, o.{ADDED}) AS valid_from, {release} AS valid_to, g.merged_into
        FROM old_events AS o
        LEFT JOIN new_events AS n ON n.event_id = o.event_id
        LEFT JOIN new_events_history AS g
            ON g.event_id = o.event_id AND g.valid_from = coalesce(o.{REVISED}, o.{ADDED})
        WHERE n.event_id IS NULL OR {_CHANGED}"""


def _history() -> str:
    """What was superseded before, now, and by the curator's own rows where neither has their key."""
    known = (
        "(SELECT event_id, valid_from FROM old_events_history UNION ALL SELECT event_id, valid_from FROM superseded)"
    )
    return (
        "FROM old_events_history UNION ALL BY NAME FROM superseded UNION ALL BY NAME "
        f"SELECT g.* FROM new_events_history AS g ANTI JOIN {known} AS k USING (event_id, valid_from)"
    )


def _table(con: duckdb.DuckDBPyConnection, name: str, query: str) -> pa.Table:
    from conflict_events.targets.arrow import arrow_schema

    declared = arrow_schema(name)
    return con.sql(query).to_arrow_table().select(declared.names).cast(declared)


def _refuse_repeated(con: duckdb.DuckDBPyConnection, side: str) -> None:
    found = con.execute(
        f"SELECT event_id FROM {side}_events GROUP BY event_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    ).fetchall()
    if found:
        raise BadDataError(f"event_id {found[0][0]} stands twice in the {side} events: keep one of the two")


def _refuse_not_later(con: duckdb.DuckDBPyConnection, release: str) -> None:
    nameless = con.execute(f"SELECT event_id FROM old_events WHERE {_FROM} IS NULL ORDER BY 1 LIMIT 1").fetchall()
    if nameless:
        raise BadDataError(f"event {nameless[0][0]} of the old events says no release: give it a {ADDED}")
    names = (
        f"SELECT unnest([{ADDED}, {REVISED}]) AS r FROM old_events "
        "UNION ALL SELECT unnest([valid_from, valid_to]) FROM old_events_history"
    )
    for (name,) in con.execute(f"SELECT DISTINCT r FROM ({names}) WHERE r IS NOT NULL").fetchall():
        if not is_version(name):
            raise BadDataError(f"the old tables name '{name}', which is no data release such as 2026.11.0")
        if order(name) >= order(release):
            raise UsageError(f"the old tables name release {name}, which is not before {release}")


def _refuse_contradiction(con: duckdb.DuckDBPyConnection) -> None:
    for column, given in ((ADDED, "given_added"), (REVISED, "given_revised")):
        found = con.execute(
            f"SELECT event_id, {given}, {column} FROM labelled "
            f"WHERE {given} IS NOT NULL AND {given} IS DISTINCT FROM {column} ORDER BY 1 LIMIT 1"
        ).fetchall()
        if found:
            id, said, right = found[0]
            raise BadDataError(
                f"event {id}: {column} is {said}, but by the release before it is {right or 'null'}: leave it out"
            )
