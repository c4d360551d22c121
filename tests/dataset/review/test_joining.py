"""Two events of the records that turned out to be one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conflict_events.dataset.records import add, read, write
from conflict_events.dataset.review import join
from conflict_events.errors import BadDataError


@pytest.fixture
def two(records: Path) -> Path:
    """The records with a second event, told by a second article with another toll."""
    day = read(records).tables["events"][0]["date_start"]
    add(
        records,
        {
            "events": [
                {"event_id": "e2", "origin": "article", "date_start": day, "side_b": "South", "side_b_id": "south"},
                {"event_id": "e3", "origin": "article", "date_start": day, "parent_event_id": "e2"},
            ],
            "event_actors": [
                {"event_id": "e2", "actor_id": "south", "name": "South", "side": "b", "role": "primary"},
                {"event_id": "e2", "name": "West", "side": "b", "role": "ally"},
            ],
            "sources": [{"source_id": "wire-1", "publisher_id": "wire", "language": "en"}],
            "publishers": [{"publisher_id": "wire", "name": "Wire", "kind": "agency"}],
            "reports": [
                {
                    "report_id": "r2",
                    "event_id": "e2",
                    "source_id": "wire-1",
                    "claim_kind": "event",
                    "assertion": "stated",
                }
            ],
            "casualties": [{"report_id": "r2", "side": "a", "harm": "killed", "low": 8, "best": 8, "high": 8}],
            "links": [{"event_id_1": "e1", "event_id_2": "e2", "score": 0.9, "method": "by hand", "reviewed": True}],
        },
    )
    return records


def table(records: Path, name: str) -> list[dict[str, Any]]:
    return list(read(records).tables[name])


def test_the_reports_come_together_and_the_dead_follow_from_them(two: Path) -> None:
    join(two, "e1", ["e2"])
    (kept,) = (row for row in table(two, "events") if row["event_id"] == "e1")
    assert {row["event_id"] for row in table(two, "reports")} == {"e1"}
    assert (kept["deaths_low"], kept["deaths_best"], kept.get("deaths_high")) == (8, 8, None)
    assert (kept["side_a"], kept["side_b"], kept["side_b_id"]) == ("North", "South", "south")


def test_what_pointed_at_the_other_points_at_the_one_that_is_kept(two: Path) -> None:
    join(two, "e1", ["e2"])
    assert [row["event_id"] for row in table(two, "events")] == ["e1", "e3"]
    assert table(two, "events")[1]["parent_event_id"] == "e1"
    assert table(two, "links") == []
    names = [(row["name"], row["side"], row["role"]) for row in table(two, "event_actors")]
    assert names == [("South", "b", "primary"), ("West", "b", "ally")]


def test_an_event_that_a_release_had_stays_in_the_history(two: Path) -> None:
    tables = {name: list(rows) for name, rows in read(two).tables.items()}
    for row in tables["events"]:
        row["release_added"] = "2026.10.0" if row["event_id"] == "e2" else "2026.11.0"
    write(two, tables)
    join(two, "e1", ["e2"])
    (gone,) = table(two, "events_history")
    assert (gone["event_id"], gone["merged_into"], gone["valid_from"], gone["valid_to"]) == (
        "e2",
        "e1",
        "2026.10.0",
        "2026.11.0",
    )


@pytest.mark.parametrize(
    ("keep", "events", "message"),
    [("e1", ["e9"], "no event 'e9'"), ("e9", ["e1"], "no event 'e9'"), ("e1", ["e1"], "with itself")],
)
def test_what_cannot_be_joined_changes_nothing(two: Path, keep: str, events: list[str], message: str) -> None:
    before = {path: path.read_bytes() for path in two.rglob("*.toml")}
    with pytest.raises(BadDataError, match=message):
        join(two, keep, events)
    assert {path: path.read_bytes() for path in two.rglob("*.toml")} == before


def test_joining_keeps_every_report(two: Path) -> None:
    before = {row["report_id"] for row in table(two, "reports")}
    join(two, "e2", ["e1", "e3"])
    assert {row["report_id"] for row in table(two, "reports")} == before
    assert {row["event_id"] for row in table(two, "reports")} == {"e2"}
