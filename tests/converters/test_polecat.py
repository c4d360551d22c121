"""POLECAT becomes claims: `None` is null, a story has several, its odd headers are read for what they are."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters import Conversion
from conflict_events.converters.polecat import version
from conflict_events.converters.rebuild import rebuild
from tests.converters import machine_rows
from tests.converters.machine_rows import HOSTILE, POLECAT, plain, polecat, quoted

NAME = "ngecEvents.20230103111842.Release603.DV.txt"


def convert(folder: Path, content: str, name: str = NAME, **options: Any) -> Conversion:
    return machine_rows.convert(folder, content, name, **options)


def one(folder: Path, **changes: str) -> dict[str, Any]:
    [event] = convert(folder, plain([polecat(**changes)])).tables["events"].to_pylist()
    return dict(event)


def test_a_row_becomes_a_claim_that_says_what_it_says(tmp_path: Path) -> None:
    event = one(tmp_path)
    assert event["event_id"] == "polecat:20230301-0101-4e0816000001_ASSAULT_firearms"
    assert (event["origin"], event["origin_version"]) == ("polecat", "603")
    assert event["coder"] == "polecat/NGEC_coder-Vers001-b1-Run-001"
    assert (event["record_status"], event["initiator"]) == ("claim", "not_coded")
    assert event["date_start"] == event["date_end"] == date(2023, 3, 1)
    assert (event["event_type"], event["event_subtype"]) == ("protests", None)
    assert (event["side_a"], event["side_b"]) == ("Example Union", "Example Police")
    assert (event["side_a_type"], event["side_b_type"]) == (None, "state_forces")
    assert (event["country"], event["admin1"], event["admin2"]) == ("SYR", "Homs", None)
    assert (event["place_name"], event["where_precision"]) == ("Exampleton", 2)
    assert {event[name] for name in event if name.startswith("deaths")} == {None}
    native = json.loads(event["native"])
    assert native["GeoNames ID"] == "0000123"
    assert "None" not in native.values()
    assert "Country" not in native


def test_sound_rows_validate(tmp_path: Path) -> None:
    names = ("Event_Date", "Placename", "City", "Province", "Country", "Latitude", "Longitude", "Feature_Type")
    nowhere = polecat("3", **dict.fromkeys(names, "None"))
    rows = [polecat("1"), polecat("2", Event_Type="ASSAULT", Event_Mode="drone"), nowhere]
    conversion = convert(tmp_path, plain(rows))
    assert ce.validate(conversion.tables, suite="upstream").ok
    assert conversion.loss.adds_up


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("ASSAULT", "aerial", ("explosions_remote_violence", "air_drone_strike")),
        ("assault", "Suicide-Attack", ("explosions_remote_violence", "suicide_bomb")),
        ("ASSAULT", "firearms", (None, None)),
        ("ASSAULT", "None", (None, None)),
        ("PROTEST", "riot", ("riots", None)),
        ("PROTEST", "a mode of tomorrow", (None, None)),
        ("REQUEST", "None", ("strategic_developments", "statement")),
        ("CONSULT", "visit", (None, None)),
    ],
)
def test_type_and_mode_tell_the_kind(
    kind: str, mode: str, expected: tuple[str | None, str | None], tmp_path: Path
) -> None:
    event = one(tmp_path, Event_Type=kind, Event_Mode=mode)
    assert (event["event_type"], event["event_subtype"]) == expected
    assert ("event_type" in event["derived"]) is (expected[0] is not None)
    assert json.loads(event["native"])["Event Type"] == kind


def test_a_mode_that_fits_ours_in_part_only_is_noted_on_the_row(tmp_path: Path) -> None:
    assert one(tmp_path, Event_Type="COERCE", Event_Mode="arrest")["notes"].startswith("PLOVER arrest: ")


@pytest.mark.parametrize(
    ("sector", "home", "kind"),
    [
        ("MIL", "SYR", "state_forces"),
        ("MIL", "RUS", "external_forces"),
        ("MIL", "None", None),
        ("MIL", "SYR; RUS", None),
        ("MIL", "IGO", None),
        ("GOV", "SYR", None),
        ("REB", "SYR", None),
        ("NGO", "CHE", "civilians"),
        ("COP;MIL", "SYR", None),
        ("None", "SYR", None),
    ],
)
def test_the_primary_sector_tells_the_type_only_where_that_is_fair(
    sector: str, home: str, kind: str | None, tmp_path: Path
) -> None:
    sides = {f"Primary_{of}_Sector": sector for of in ("Actor", "Recipient")}
    homes = {f"{of}_Country": home for of in ("Actor", "Recipient")}
    event = one(tmp_path, Event_Type="ASSAULT", **sides, **homes)
    assert (event["side_a_type"], event["side_b_type"]) == (kind, kind)


def test_who_protests_is_not_called_a_civilian(tmp_path: Path) -> None:
    event = one(tmp_path, Primary_Actor_Sector="LAB", Primary_Recipient_Sector="BUS")
    assert (event["side_a_type"], event["side_b_type"]) == (None, "civilians")


@pytest.mark.parametrize(
    ("feature", "precision"),
    [
        ("PPL", 2),
        ("PPLC", 2),
        ("PCLI", 6),
        ("ADM1", 4),
        ("ADM1H", 4),
        ("ADM2", 3),
        ("ADM4", 3),
        ("ADMD", 2),
        ("SEA", 7),
        ("MT", 2),
        ("None", 2),
    ],
)
def test_the_feature_tells_the_precision(feature: str, precision: int, tmp_path: Path) -> None:
    assert one(tmp_path, Feature_Type=feature)["where_precision"] == precision


def test_a_feature_of_unknown_size_without_a_town_is_a_part_of_a_country(tmp_path: Path) -> None:
    assert one(tmp_path, Feature_Type="MTS", City="None")["where_precision"] == 5


@pytest.mark.parametrize(("country", "code"), [("SYR", "SYR"), ("Syria", "SYR"), ("SYR;IRQ", None), ("IGO", None)])
def test_the_country_is_a_code_and_what_is_none_stays(country: str, code: str | None, tmp_path: Path) -> None:
    event = one(tmp_path, Country=country)
    assert event["country"] == code
    assert json.loads(event["native"]).get("Country") == (None if country == "SYR" else country)


def test_several_actors_of_a_side_stand_apart_in_event_actors(tmp_path: Path) -> None:
    names = "Example Union; Example Party;Example Union"
    conversion = convert(tmp_path, plain([polecat(Actor_Name=names, Recipient_Name="None")]))
    assert conversion.tables["events"].column("side_a").to_pylist() == [names]
    found = {(one["name"], one["side"]) for one in conversion.tables["event_actors"].to_pylist()}
    assert found == {("Example Union", "a"), ("Example Party", "a")}
    assert conversion.tables["event_actors"].num_rows == 2
    assert ce.validate(conversion.tables, suite="upstream").ok


def test_an_id_given_twice_is_merged_if_the_same_and_named_if_not(tmp_path: Path) -> None:
    conversion = convert(tmp_path, plain([polecat("1"), polecat("1"), polecat("2"), polecat("2", Event_Mode="riot")]))
    assert conversion.tables["events"].num_rows == 3
    assert sum(one.rows for one in conversion.loss.merged) == 1
    assert any(note.code == "duplicate_ids" and "polecat:2" in note.message for note in conversion.loss.notes)
    assert ce.validate(conversion.tables, suite="upstream").counts["CE251"] == 2


def test_intensity_under_either_name_is_one_column(tmp_path: Path) -> None:
    header = ["Intensity" if name == "Event Intensity" else name for name in POLECAT]
    other = convert(tmp_path, plain([polecat()], header))
    assert other.tables["events"] == convert(tmp_path, plain([polecat()])).tables["events"]
    assert other.loss.sheets[0].layout == "with Intensity"


@pytest.mark.parametrize("spell", [str.upper, lambda n: n.lower().replace(" ", "_")])
def test_the_header_in_another_spelling_gives_the_same_events(spell: Any, tmp_path: Path) -> None:
    other = convert(tmp_path, plain([polecat()], [spell(name) for name in POLECAT]))
    assert other.tables["events"] == convert(tmp_path, plain([polecat()])).tables["events"]


def test_names_of_the_header_without_cells_are_left_out_and_told(tmp_path: Path) -> None:
    ghostly = [*POLECAT[:5], "Headline", "Event Text", *POLECAT[5:34], "Feed", "Story ID", *POLECAT[34:]]
    other = convert(tmp_path, plain([polecat()], ghostly))
    assert other.tables["events"] == convert(tmp_path, plain([polecat()])).tables["events"]
    dropped = [column.column for column in other.loss.sheets[0].columns if column.fate == "dropped"]
    assert dropped == ["Headline", "Event Text", "Feed", "Story ID"]
    assert any("no row has a cell: Headline, Event Text" in note.message for note in other.loss.notes)
    [again] = rebuild(other.tables["events"], other.loss).values()
    assert again.column_names == POLECAT


def test_such_names_with_cells_are_columns(tmp_path: Path) -> None:
    row = polecat() | {"Headline": "An invented headline"}
    [event] = convert(tmp_path, plain([row])).tables["events"].to_pylist()
    assert json.loads(event["native"])["Headline"] == "An invented headline"


def test_tabs_at_the_end_of_every_row_shift_nothing(tmp_path: Path) -> None:
    content = plain([polecat()]).replace("\n", "\t\t\n")
    assert convert(tmp_path, content).tables["events"] == convert(tmp_path, plain([polecat()])).tables["events"]


def test_quotes_and_apostrophes_are_text(tmp_path: Path) -> None:
    people = 'Jane "Ex" Doe; D\'Example'
    row = polecat(Actor_Name='Example\'s "Front"', Story_People=people, Actor_Title="O'Example's aide")
    [event] = convert(tmp_path, plain([row])).tables["events"].to_pylist()
    assert event["side_a"] == 'Example\'s "Front"'
    assert json.loads(event["native"])["Story People"] == people


def test_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ngecEventsDV-2022-Jan.txt"
    path.write_bytes(plain([polecat(Actor_Name="José Exemplo")]).encode("latin-1"))
    assert ce.convert(path).tables["events"].column("side_a").to_pylist() == ["José Exemplo"]


def test_days_that_can_be_read_two_ways_are_set_aside(tmp_path: Path) -> None:
    conversion = convert(tmp_path, plain([polecat("1"), polecat("2", Event_Date="3/4/2023")]))
    assert conversion.tables["events"].num_rows == 1
    assert [one.line for one in conversion.loss.set_aside] == [3]


def test_rows_that_cannot_be_read_are_named_and_the_rest_converts(tmp_path: Path) -> None:
    rows = [polecat("1"), polecat("None"), polecat("3", Longitude="east"), polecat("4")]
    conversion = convert(tmp_path, plain(rows) + "5\tcut off")
    assert conversion.tables["events"].column("origin_id").to_pylist() == ["1", "4"]
    told = {one.line: one.reason for one in conversion.loss.set_aside}
    assert told.keys() == {3, 4, 6}
    assert "'Event ID'" in told[3]
    assert "'Longitude': 'east'" in told[4]
    assert conversion.loss.adds_up


def test_a_year_in_a_zip_of_monthly_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ngecEventsDV-2022.txt.zip", "w") as archive:
        for month in ("Jan", "Feb"):
            archive.writestr(f"ngecEventsDV-2022-{month}.txt", plain([polecat(f"2022{month}")]))
    conversion = ce.convert(tmp_path / "ngecEventsDV-2022.txt.zip")
    assert conversion.loss.source_format == "polecat"
    assert sorted(conversion.tables["events"].column("origin_id").to_pylist()) == ["2022Feb", "2022Jan"]


@pytest.mark.parametrize(
    ("name", "expected"), [(NAME, "603"), ("ngecEventsDV-2022.txt.zip", None), ("ngecEvents.DV.2018.txt", None)]
)
def test_the_release_is_told_by_the_file_name(name: str, expected: str | None) -> None:
    assert version(name) == expected


NUMBERS = st.integers(-900000, 900000).map(lambda n: f"{n / 10000:.4f}") | st.just("None")


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str]]:
    made = []
    fixed = ("Event ID", "Event Date", "Latitude", "Longitude")
    ids = st.from_regex(r"[0-9]{8}-[0-9a-f]{1,6}_[A-Z]{1,4}", fullmatch=True)
    for id in draw(st.lists(ids, min_size=1, max_size=4, unique=True)):
        free = {name: draw(HOSTILE) for name in POLECAT if name not in fixed}
        free["Country"] = draw(st.sampled_from(["SYR", "syr", "Syria", "None", "", "SYR;IRQ"]) | HOSTILE)
        day = draw(st.dates(date(2018, 1, 1), date(2026, 12, 31)) | st.just("None"))
        point = draw(st.lists(NUMBERS, min_size=2, max_size=2))
        given_ = {"Event ID": id, "Event Date": str(day), "Latitude": point[0], "Longitude": point[1]}
        made.append({name: (given_ | free)[name] for name in POLECAT})
    return made


def expected(name: str, cell: str) -> str | None:
    if cell in ("", "None"):
        return None
    return repr(float(cell)) if name in ("Latitude", "Longitude") else cell


@settings(max_examples=15, deadline=None)
@given(rows())
def test_every_cell_can_be_made_again(made: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        conversion = convert(Path(folder), quoted(made), source_format="polecat")
        [again] = rebuild(conversion.tables["events"], conversion.loss).values()
    assert again.to_pylist() == [{name: expected(name, cell) for name, cell in row.items()} for row in made]
