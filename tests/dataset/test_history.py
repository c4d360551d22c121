"""Releases that follow each other: every one of them can be asked for again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_events import schema
from conflict_events.dataset.build import build
from conflict_events.dataset.history import advance
from conflict_events.errors import BadDataError, UsageError
from conflict_events.query import macro
from conflict_events.targets.arrow import arrow_schema, to_table
from conflict_events.testing import tables

RELEASES = ("2026.09.0", "2026.11.9", "2026.11.10", "2027.01.0")
Tables = dict[str, pa.Table]


def connection(made: Tables) -> duckdb.DuckDBPyConnection:
    """A connection of no doing of ours over the tables, with the macros."""
    con = duckdb.connect()
    for table in schema.TABLES:
        con.register(table.name, made.get(table.name, arrow_schema(table.name).empty_table()))
    con.execute(macro.script())
    return con


def as_of(made: Tables | duckdb.DuckDBPyConnection, release: str) -> list[dict[str, Any]]:
    query = f"FROM events_as_of('{release}') ORDER BY event_id"
    con = connection(made) if isinstance(made, dict) else made
    found: list[dict[str, Any]] = con.sql(query).to_arrow_table().select(arrow_schema("events").names).to_pylist()
    return found


def rows(events: pa.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = events.sort_by("event_id").to_pylist()
    return found


@st.composite
def chains(draw: st.DrawFn) -> list[pa.Table]:
    """The events of four releases: a common stock of rows, of which each has some, some of them changed."""
    stock = draw(tables("events", min_rows=1, max_rows=5, release_added=None, release_revised=None)).to_pylist()
    ids = [f"e{i}" for i in range(len(stock))]
    chain = []
    for _ in RELEASES:
        picked = []
        for id in draw(st.lists(st.sampled_from(ids), unique=True)):
            row = draw(st.sampled_from(stock))
            picked.append({**row, "event_id": id})
        chain.append(pa.Table.from_pylist(picked, schema=arrow_schema("events")))
    return chain


@given(chains())
@settings(max_examples=10)
def test_every_release_can_be_asked_for_again(chain: list[pa.Table]) -> None:
    made: Tables | None = None
    stood: dict[str, list[dict[str, Any]]] = {}
    for release, events in zip(RELEASES, chain, strict=True):
        made = advance(made, {"events": events}, release)
        stood[release] = rows(made["events"])
        assert [r["event_id"] for r in stood[release]] == sorted(events.column("event_id").to_pylist())
    assert made is not None
    labels = {r[c] for r in made["events"].to_pylist() for c in ("release_added", "release_revised")}
    labels |= {r[c] for r in made["events_history"].to_pylist() for c in ("release_added", "valid_from", "valid_to")}
    con = connection(made)
    for release, expected in stood.items():
        if release in labels:
            assert as_of(con, release) == expected
        else:
            with pytest.raises(duckdb.Error, match=f"no event names release {release}"):
                as_of(con, release)


@pytest.fixture
def two(event: dict[str, Any]) -> Tables:
    """Two releases: e1 is revised, e2 withdrawn, e3 added."""
    first = [{**event, "event_id": id} for id in ("e1", "e2")]
    second = [{**event, "event_id": "e1", "deaths_best": 4}, {**event, "event_id": "e3"}]
    made = advance(None, {"events": to_table("events", first)}, "2026.11.9")
    return advance(made, {"events": to_table("events", second)}, "2026.11.10")


def test_labels_and_history_follow_from_what_changed(two: Tables) -> None:
    labels = {r["event_id"]: (r["release_added"], r["release_revised"]) for r in two["events"].to_pylist()}
    assert labels == {"e1": ("2026.11.9", "2026.11.10"), "e3": ("2026.11.10", None)}
    kept = {r["event_id"]: (r["valid_from"], r["valid_to"], r["deaths_best"]) for r in rows(two["events_history"])}
    assert kept == {"e1": ("2026.11.9", "2026.11.10", None), "e2": ("2026.11.9", "2026.11.10", None)}


def test_an_event_that_comes_back_keeps_its_first_release(two: Tables, event: dict[str, Any]) -> None:
    made = advance(two, {"events": to_table("events", [{**event, "event_id": "e2"}])}, "2027.01.0")
    [back] = made["events"].to_pylist()
    assert (back["release_added"], back["release_revised"]) == ("2026.11.9", "2027.01.0")
    assert [r["event_id"] for r in as_of(made, "2026.11.10")] == ["e1", "e3"]


def test_the_curator_says_what_an_event_was_merged_into(two: Tables, event: dict[str, Any]) -> None:
    said = to_table(
        "events_history",
        [{**event, "event_id": "e3", "valid_from": "2026.11.10", "valid_to": "2027.01.0", "merged_into": "e1"}],
    )
    made = advance(two, {"events": two["events"].filter(pa.array([True, False])), "events_history": said}, "2027.01.0")
    merged = {r["event_id"]: r["merged_into"] for r in made["events_history"].to_pylist()}
    assert merged == {"e1": None, "e2": None, "e3": "e1"}


def test_mistakes_are_named(two: Tables, event: dict[str, Any]) -> None:
    new = {"events": to_table("events", [event])}
    with pytest.raises(UsageError, match="no data release"):
        advance(two, new, "2026.9.0")
    with pytest.raises(UsageError, match=r"release 2026.11.10, which is not before 2026.11.10"):
        advance(two, new, "2026.11.10")
    with pytest.raises(BadDataError, match="e1 stands twice in the new events"):
        advance(two, {"events": to_table("events", [event, event])}, "2027.01.0")
    wrong = {"events": to_table("events", [{**event, "release_added": "2027.01.0"}])}
    with pytest.raises(BadDataError, match=r"release_added is 2027.01.0, but by the release before it is 2026.11.9"):
        advance(two, wrong, "2027.01.0")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("'2026.9.0'", "is no data release"),
        ("'latest'", "is no data release"),
        ("NULL", "the release is null"),
        ("'2026.11.11'", "the one before it is 2026.11.10"),
        ("'2026.01.0'", "there is none before it"),
    ],
)
def test_a_release_that_is_malformed_or_unknown_is_an_error(two: Tables, asked: str, said: str) -> None:
    with pytest.raises(duckdb.Error, match=said):
        connection(two).execute(f"SELECT count(*) FROM events_as_of({asked})").fetchall()


def test_of_no_events_no_release_can_be_asked_for() -> None:
    with pytest.raises(duckdb.Error, match="there is none before it"):
        connection({}).execute("FROM events_as_of('2026.11.0')").fetchall()


def test_build_takes_the_release_before(write_records: Any, files: dict[str, str], tmp_path: Path) -> None:
    build(write_records({}), tmp_path / "first")
    later = {
        "release.toml": files["release.toml"].replace("2026.11.0", "2026.12.0"),
        "events/2016-11.toml": files["events/2016-11.toml"].replace("deaths_low = 20", "deaths_low = 21"),
    }
    assert later["events/2016-11.toml"] != files["events/2016-11.toml"]
    build(write_records(later), tmp_path / "second", lambda *_a, **_k: _Good(), previous=tmp_path / "first")
    [event] = pq.read_table(tmp_path / "second" / "events.parquet").to_pylist()
    [before] = pq.read_table(tmp_path / "second" / "events_history.parquet").to_pylist()
    assert event["release_revised"] == "2026.12.0"
    assert (before["valid_from"], before["valid_to"]) == ("2026.11.0", "2026.12.0")
    assert (before["deaths_low"], event["deaths_low"]) == (20, 21)
    with pytest.raises(UsageError, match=r"is release 2026.12.0, which is not before 2026.12.0"):
        build(write_records(later), tmp_path / "third", previous=tmp_path / "second")


class _Good:
    ok = True

    def to_text(self) -> str:
        return ""
