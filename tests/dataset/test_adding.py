from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conflict_events.dataset.build import tables
from conflict_events.dataset.records import add, read
from conflict_events.errors import BadDataError, UsageError

NEW: dict[str, list[dict[str, Any]]] = {
    "events": [
        {
            "event_id": "e2",
            "origin": "article",
            "date_start": date(2016, 12, 1),
            "side_b": None,
            "n_reports": 1,
            "priogrid_gid": 5,
            "geometry": b"x",
            "confidence": 0.8999999761581421,
            "derived": ["country", "admin1"],
            "notes": 'two lines:\n"said" \\ unsaid',
        }
    ],
    "event_actors": [{"event_id": "e2", "name": "North", "side": "a", "role": "primary", "actor_id": None}],
    "sources": [{"source_id": "wire/2", "publisher_id": "gazette", "language": "en"}],
    "reports": [
        {"report_id": "r2", "event_id": "e2", "source_id": "wire/2", "claim_kind": "event", "assertion": "stated"},
        {"report_id": "r3", "event_id": "e1", "source_id": "gazette-1", "claim_kind": "event", "assertion": "denied"},
    ],
    "casualties": [{"report_id": "r2", "side": "civilians", "harm": "killed", "best": 3}],
    "actors": [
        {
            "actor_id": "west",
            "name": "West",
            "actor_type": "rebel_group",
            "affiliations": [{"affiliation": "North", "from": date(2015, 1, 1), "to": None}],
        }
    ],
}


def test_what_was_added_is_read_again(records: Path) -> None:
    before = {name: list(rows) for name, rows in read(records).tables.items()}
    changed = add(records, NEW)
    after = read(records).tables
    assert [path.relative_to(records).as_posix() for path in changed] == [
        "actors.toml",
        "events/2016-12.toml",
        "sources/gazette-1.toml",
        "sources/wire%2F2.toml",
    ]
    assert after["events"][1] == {
        "event_id": "e2",
        "origin": "article",
        "date_start": date(2016, 12, 1),
        "confidence": 0.9,
        "derived": ["country", "admin1"],
        "notes": 'two lines:\n"said" \\ unsaid',
    }
    assert [r["source_id"] for r in after["reports"]] == ["gazette-1", "gazette-1", "wire/2"]
    assert after["casualties"][1] == NEW["casualties"][0]
    assert after["actors"][2]["affiliations"] == [{"affiliation": "North", "from": date(2015, 1, 1)}]
    for name, rows in before.items():
        assert all(row in after[name] for row in rows)


def test_files_keep_their_text_and_comments(records: Path) -> None:
    before = (records / "actors.toml").read_text(encoding="utf-8")
    add(records, NEW)
    after = (records / "actors.toml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "# the two sides" in after


def test_a_new_file_reads_well(records: Path) -> None:
    add(records, NEW)
    assert (records / "sources" / "wire%2F2.toml").read_text(encoding="utf-8") == (
        '[source]\npublisher_id = "gazette"\nlanguage = "en"\n\n'
        '[[reports]]\nreport_id = "r2"\nevent_id = "e2"\nclaim_kind = "event"\nassertion = "stated"\n\n'
        '[[reports.casualties]]\nside = "civilians"\nharm = "killed"\nbest = 3\n'
    )


def test_a_release_goes_back_into_records_and_comes_out_the_same(records: Path, tmp_path: Path) -> None:
    first = tables(read(records))
    again = tmp_path / "again"
    again.mkdir()
    (again / "release.toml").write_bytes((records / "release.toml").read_bytes())
    add(again, {name: table.to_pylist() for name, table in first.items() if name in read(records).tables})
    second = tables(read(again))
    assert all(second[name].equals(first[name]) for name in first)


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ({"events": [{"event_id": "e1"}]}, BadDataError, "events: e1 stands already"),
        ({"events": [{"event_id": "x"}, {"event_id": "x"}]}, BadDataError, "events: x stands already"),
        ({"casualties": [{"report_id": "r", "side": "a", "harm": "killed"}]}, BadDataError, "is not among the reports"),
        ({"reports": [{"report_id": "r", "source_id": "s"}]}, BadDataError, "its source 's' is not in the records"),
        ({"actors": [{"actor_id": "x", "mood": 1}]}, BadDataError, "'x' has the unknown column mood"),
        ({"actors": [{"name": "x"}]}, BadDataError, "a row without actor_id"),
        ({"vocabulary": []}, UsageError, "vocabulary is no table of the records"),
    ],
)
def test_a_row_that_cannot_be_added_changes_nothing(
    records: Path, rows: dict[str, list[dict[str, Any]]], error: type[Exception], message: str
) -> None:
    before = {path: path.read_bytes() for path in records.rglob("*.toml")}
    with pytest.raises(error, match=message):
        add(records, {"publishers": [{"publisher_id": "new", "name": "New", "kind": "blog"}], **rows})
    assert {path: path.read_bytes() for path in records.rglob("*") if path.is_file()} == before


def test_an_actor_place_or_publisher_that_is_there_stands_as_it_is(records: Path) -> None:
    before = (records / "publishers.toml").read_bytes()
    assert add(records, {"publishers": [{"publisher_id": "gazette", "name": "GAZETTE", "kind": "blog"}]}) == []
    assert (records / "publishers.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("own", "written"),
    [
        ({}, set()),
        ({"where_precision": 2}, {"latitude", "longitude", "where_precision"}),
        ({"admin2": "Tal Afar"}, {"country", "admin1", "admin2"}),
    ],
)
def test_what_an_event_takes_from_its_place_is_not_written_again(
    records: Path, own: dict[str, Any], written: set[str]
) -> None:
    place = {"country": "IRQ", "admin1": "Nineveh", "admin2": "Sinjar"}
    point = {"latitude": 36.34, "longitude": 43.13, "where_precision": 1}
    event = {"event_id": "e3", "origin": "article", "place_id": "alpha", **place, **point, **own}
    (path,) = add(records, {"events": [event]})
    (record,) = tomllib.loads(path.read_text(encoding="utf-8"))["events"]
    assert record.keys() == {"event_id", "origin", "place_id"} | written
    assert read(records).tables["events"][-1] == event


def test_what_is_written_is_toml(records: Path) -> None:
    for path in add(records, NEW):
        tomllib.loads(path.read_text(encoding="utf-8"))
