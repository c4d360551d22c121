from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from conflict_events import resources
from conflict_events.dataset import layout
from conflict_events.dataset.records import read
from conflict_events.errors import BadDataError, UsageError

WriteRecords = Callable[[dict[str, str]], Path]
EVENTS = "events/2016-11.toml"
SOURCE = "sources/gazette-1.toml"


def test_rows_get_what_their_place_says(records: Path) -> None:
    tables = read(records).tables
    assert tables["sources"][0]["source_id"] == "gazette-1"
    assert tables["reports"][0]["source_id"] == "gazette-1"
    assert tables["casualties"][0]["report_id"] == "gazette-1-1"
    assert tables["event_actors"] == [
        {"event_id": "e1", "name": "South", "actor_id": "south", "side": "b", "role": "primary"}
    ]


def test_dates_and_nested_values_keep_their_types(records: Path) -> None:
    tables = read(records).tables
    assert tables["events"][0]["date_start"] == date(2016, 11, 21)
    assert tables["actors"][0]["affiliations"] == [{"affiliation": "Government of South", "from": date(2016, 11, 26)}]


def test_keys_for_matching_only_are_left_out(records: Path) -> None:
    assert read(records).tables["publishers"] == [
        {"publisher_id": "gazette", "name": "The Gazette", "kind": "newspaper"}
    ]


def test_only_release_toml_is_needed(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / "release.toml").write_text(dedent(files["release.toml"]), encoding="utf-8")
    found = read(tmp_path)
    assert dict(found.tables) == {table: [] for table in layout.TABLES}
    assert found.release.version == "2026.11.0"


def test_an_event_takes_place_and_precision_from_its_place(records: Path) -> None:
    (event,) = read(records).tables["events"]
    assert [event[c] for c in ("country", "admin1", "admin2")] == ["IRQ", "Nineveh", "Sinjar"]
    assert [event[c] for c in ("latitude", "longitude", "where_precision")] == [36.34, 43.13, 1]


@pytest.mark.parametrize(
    ("explicit", "expected"),
    [
        ("where_precision = 2", {"latitude": 36.34, "where_precision": 2, "admin2": "Sinjar"}),
        ("latitude = 36.0\nlongitude = 43.0", {"latitude": 36.0, "longitude": 43.0, "where_precision": None}),
        ('admin1 = "Duhok"', {"country": "IRQ", "admin1": "Duhok", "admin2": None, "latitude": 36.34}),
        ('country = "SYR"', {"country": "SYR", "admin1": None, "admin2": None}),
    ],
)
def test_what_the_event_says_itself_wins(
    write_records: WriteRecords, files: dict[str, str], explicit: str, expected: dict[str, object]
) -> None:
    text = dedent(files[EVENTS]).replace('place_id = "alpha"', f'place_id = "alpha"\n{explicit}')
    (event,) = read(write_records({EVENTS: text})).tables["events"]
    assert {name: event.get(name) for name in expected} == expected


def test_a_place_that_is_not_there_is_left_for_the_rules(write_records: WriteRecords, files: dict[str, str]) -> None:
    (event,) = read(write_records({EVENTS: files[EVENTS].replace('"alpha"', '"omega"')})).tables["events"]
    assert "country" not in event


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (EVENTS, "date_kind", "", None),
        (
            EVENTS,
            "side_a =",
            "side_aa =",
            r"2016-11.toml: events\[1\] \(event_id 'e1'\): unknown key side_aa: is side_a",
        ),
        (EVENTS, "deaths_low = 20", 'deaths_low = "20"', r"events\[1\].* deaths_low = '20' must be a whole number"),
        (EVENTS, "date_precision = 1", "date_precision = 300", r"from -128 to 127"),
        (EVENTS, "date_start = 2016-11-21", 'date_start = "2016-11-21"', r"must be a date such as"),
        (EVENTS, "reviewed = false", "reviewed = 0", r"reviewed = 0 must be true or false"),
        (EVENTS, "reviewed = false", "reviewed = false\nn_reports = 1", r"leave out n_reports: it is counted"),
        (EVENTS, "reviewed = false", "reviewed = false\ngeometry = 1", r"leave out geometry: it follows"),
        (EVENTS, 'event_id = "e1"', "", r"events\[1\]: event_id is missing"),
        (EVENTS, 'side = "b"', 'event_id = "e1"\nside = "b"', r"actors\[1\] \(name 'South'\): leave out event_id"),
        (EVENTS, "2016-11-21", "2016-12-21", r"events\[1\] \(event_id 'e1'\): belongs in events/2016-12.toml"),
        (SOURCE, "low = 20", "loww = 20", r"gazette-1.toml: reports\[1\] .* casualties\[1\] .*unknown key loww"),
        (SOURCE, "[source]", "[sauce]", r"gazette-1.toml: unknown key sauce: is source meant"),
        (SOURCE, "language =", 'source_id = "x"\nlanguage =', r"leave out source_id: the file's name says it"),
        (
            "actors.toml",
            '"south"',
            '"north"',
            r"actors\[2\] \(actor_id 'north'\): stands already in actors.toml: actors\[1",
        ),
        ("actors.toml", "from = 2016", "since = 2016", r"affiliations = .* must be tables with affiliation"),
        (
            "places.toml",
            "[[places]]",
            "[places]",
            r"places.toml: places must be a list of tables: write \[\[places\]\]",
        ),
        ("places.toml", "latitude = 36.34", "latitude =", r"places.toml: not readable as TOML.*line 8"),
        ("release.toml", "version", "vision", r"release.toml: unknown key vision"),
        ("release.toml", "2026.11.0", "1.0", r"version '1.0' must be YEAR.MONTH.NUMBER"),
        ("release.toml", "2026-11-30", '"today"', r"released = 'today' must be a date"),
        ("event/2016-11.toml", "", "", r"event/2016-11.toml: no file of this name belongs"),
    ],
)
def test_errors_name_the_file_the_record_and_the_mend(
    write_records: WriteRecords, files: dict[str, str], file: str, old: str, new: str, message: str | None
) -> None:
    folder = write_records({file: files.get(file, "").replace(old, new)})
    if message is None:
        read(folder)
        return
    with pytest.raises(BadDataError, match=message) as caught:
        read(folder)
    assert "\n" not in str(caught.value)


def test_an_undated_event_has_a_file_of_its_own(write_records: WriteRecords) -> None:
    text = '[[events]]\nevent_id = "e2"\norigin = "article"\n'
    assert [e["event_id"] for e in read(write_records({"events/undated.toml": text})).tables["events"]] == ["e1", "e2"]


def test_other_origins_keep_their_own_count_and_cell(write_records: WriteRecords) -> None:
    text = '[[events]]\nevent_id = "ucdp_ged:1"\norigin = "ucdp_ged"\nn_reports = 3\npriogrid_gid = 7\n'
    event = read(write_records({"events/undated.toml": text})).tables["events"][1]
    assert (event["n_reports"], event["priogrid_gid"]) == (3, 7)


def test_the_records_of_this_project_can_be_read() -> None:
    assert read(resources.records()).release.licence == "CC-BY-4.0"


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        read(tmp_path / "nowhere")
