"""ICEWS becomes claims: ids that hold their date, codes with their zeros, nothing said that it does not say."""

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
from conflict_events.converters.icews import version
from conflict_events.converters.rebuild import rebuild
from tests.converters import machine_rows
from tests.converters.machine_rows import HOSTILE, ICEWS, icews, plain, quoted

PEOPLE, ARMY = "Social,General Population / Civilian / Social", "Government,Military"


def convert(folder: Path, content: str, name: str = "events.2015.20180710092545.tab", **options: Any) -> Conversion:
    return machine_rows.convert(folder, content, name, **options)


def one(folder: Path, **changes: str) -> dict[str, Any]:
    [event] = convert(folder, plain([icews(**changes)])).tables["events"].to_pylist()
    return dict(event)


def messages(conversion: Conversion) -> str:
    return "\n".join(note.message for note in conversion.loss.notes)


def test_a_row_becomes_a_claim_that_says_what_it_says(tmp_path: Path) -> None:
    event = one(tmp_path)
    assert event["event_id"] == "icews:20718170:2015-03-04"
    assert (event["origin"], event["origin_id"], event["origin_version"]) == ("icews", "20718170", "20180710092545")
    assert (event["record_status"], event["initiator"], event["reviewed"]) == ("claim", "not_coded", False)
    assert event["date_start"] == event["date_end"] == date(2015, 3, 4)
    assert (event["side_a"], event["side_b"]) == ("Example Brigade (Syria)", "Citizen (Syria)")
    assert (event["country"], event["admin1"], event["place_name"]) == ("SYR", "Homs", "Exampleton")
    assert (event["latitude"], event["longitude"]) == (34.7324, 36.7137)
    assert {event[name] for name in event if name.startswith("deaths")} == {None}
    assert event["date_basis"] is None
    assert set(event["derived"]) == {"date_precision", "where_precision", "side_a_type", "side_b_type"}


def test_sound_rows_validate(tmp_path: Path) -> None:
    rows = [icews("1"), icews("2", CAMEO_Code="141", City=""), icews("3", Country="", Latitude="", Longitude="")]
    conversion = convert(tmp_path, plain(rows))
    assert ce.validate(conversion.tables, suite="upstream").ok
    assert conversion.loss.adds_up


def test_an_id_repeated_on_another_day_is_another_event(tmp_path: Path) -> None:
    rows = [icews("7"), icews("7", Event_Date="2015-03-05")]
    conversion = convert(tmp_path, plain(rows))
    assert conversion.tables["events"].column("event_id").to_pylist() == ["icews:7:2015-03-04", "icews:7:2015-03-05"]
    assert conversion.tables["events"].column("origin_id").to_pylist() == ["7", "7"]
    assert ce.validate(conversion.tables, suite="upstream").ok


@pytest.mark.parametrize("word", ["", "NA", "NULL"])
def test_words_for_nothing_are_null_everywhere(word: str, tmp_path: Path) -> None:
    names = ("Source_Sectors", "Target_Sectors", "City", "Latitude", "Longitude", "Source_Country", "Target_Name")
    event = one(tmp_path, **dict.fromkeys(names, word))
    assert event["side_b"] is event["place_name"] is event["latitude"] is event["side_a_type"] is None
    assert "Source Sectors" not in json.loads(event["native"])


def test_the_report_says_which_words_were_taken_for_nothing(tmp_path: Path) -> None:
    [sheet] = convert(tmp_path, plain([icews()])).loss.sheets
    assert all("NA, NULL as an empty cell" in column.normalised for column in sheet.columns)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("042", (None, None)),
        ("010", ("strategic_developments", "statement")),
        ("0841", ("strategic_developments", "agreement")),
        ("841", ("strategic_developments", "agreement")),
        ("1823", ("violence_against_civilians", "attack")),
        ("193", ("battles", "armed_clash")),
        ("10", ("strategic_developments", "statement")),  # 010 and 10 agree
        ("15", (None, None)),  # 015 is a statement, 15 is not
        ("19", (None, None)),  # 019 is a statement, 19 a fight
        ("13y", (None, None)),
    ],
)
def test_codes_keep_their_zeros_and_tell_the_kind(
    code: str, kind: tuple[str | None, str | None], tmp_path: Path
) -> None:
    event = one(tmp_path, CAMEO_Code=code)
    assert (event["event_type"], event["event_subtype"]) == kind
    assert json.loads(event["native"])["CAMEO Code"] == code
    assert ("event_type" in event["derived"]) is (kind[0] is not None)


def test_a_code_that_fits_ours_in_part_only_is_noted_on_the_row(tmp_path: Path) -> None:
    narrow = one(tmp_path, CAMEO_Code="193")
    assert narrow["notes"].startswith("CAMEO 193: ")
    assert "notes" in narrow["derived"]
    assert one(tmp_path, CAMEO_Code="010")["notes"] is None


def test_codes_that_say_nothing_are_counted(tmp_path: Path) -> None:
    rows = [icews("1", CAMEO_Code="13y"), icews("2", CAMEO_Code="19"), icews("3", CAMEO_Code="190")]
    assert "2 rows have a CAMEO Code that is no CAMEO code" in messages(convert(tmp_path, plain(rows)))


def test_the_2017_file_has_no_codes_and_american_days(tmp_path: Path) -> None:
    row = icews(Event_Date="1/2/2017", Event_Text="Make statement")
    del row["CAMEO Code"]
    conversion = convert(tmp_path, plain([row]), "Events.2017.20201006.tab")
    [event] = conversion.tables["events"].to_pylist()
    assert (event["event_subtype"], event["date_start"]) == ("statement", date(2017, 1, 2))
    assert (event["event_id"], event["origin_version"]) == ("icews:20718170:2017-01-02", "20201006")
    assert "2017" in conversion.loss.sheets[0].layout
    assert "month first: by custom" in messages(conversion)
    assert rebuild(conversion.tables["events"], conversion.loss)[conversion.loss.sheets[0].file].num_columns == 19


def test_days_of_two_orders_in_a_file_are_not_guessed(tmp_path: Path) -> None:
    rows = [icews(str(i), Event_Date=day) for i, day in enumerate(["25/12/2017", "12/25/2017", "3/4/2017", "5/5/2017"])]
    conversion = convert(tmp_path, plain(rows))
    assert [one.line for one in conversion.loss.set_aside] == [4]
    assert "'3/4/2017' is no day that can be read one way only" in conversion.loss.set_aside[0].reason


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("Russian Federation", "RUS"),
        ("Occupied Palestinian Territory", "PSE"),
        ("Cote d'Ivoire", "CIV"),
        ("Curaçao", "CUW"),
        ("Reunion", "REU"),
        ("Isle Of Man", "IMN"),
        ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("Guinea-Bissau", "GNB"),
        ("South Sudan", "SSD"),
        ("Kosovo", "XKX"),
        ("syria", "SYR"),
        ("Netherlands Antilles", None),
        ("Bavaria", None),
    ],
)
def test_countries_by_name(country: str, code: str | None, tmp_path: Path) -> None:
    conversion = convert(tmp_path, plain([icews(Country=country)]))
    assert conversion.tables["events"].column("country").to_pylist() == [code]
    assert ("1 rows have a Country" in messages(conversion)) is (code is None)


@pytest.mark.parametrize(
    ("sectors", "home", "kind"),
    [
        (ARMY, "Syria", "state_forces"),
        ("Military, Government", "Syria", "state_forces"),
        ("Police,Government", "Russian Federation", "external_forces"),
        (ARMY, "", None),
        (ARMY, "Netherlands Antilles", None),
        ("Military,Dissident", "Syria", None),
        ("Judicial,Military / Tribunal", "Syria", None),
        ("Insurgents,Dissident,International Religious,Muslim", "Syria", "rebel_group"),
        ("Rebel,Dissident", "Syria", None),
        ("Government", "Syria", None),
        (PEOPLE, "Iraq", "civilians"),
        (f"{PEOPLE},Dissident", "Syria", None),
        ("Protestors / Popular Opposition / Mobs,Dissident", "Syria", None),
    ],
)
def test_sectors_tell_the_type_only_where_that_is_fair(
    sectors: str, home: str, kind: str | None, tmp_path: Path
) -> None:
    event = one(tmp_path, Source_Sectors=sectors, Source_Country=home, Target_Sectors=sectors, Target_Country=home)
    assert (event["side_a_type"], event["side_b_type"]) == (kind, kind)


def test_people_who_protest_are_not_called_civilians(tmp_path: Path) -> None:
    assert one(tmp_path, Source_Sectors=PEOPLE, CAMEO_Code="141")["side_a_type"] is None
    assert one(tmp_path, Target_Sectors=PEOPLE, CAMEO_Code="141")["side_b_type"] == "civilians"
    assert one(tmp_path, Source_Sectors=PEOPLE, CAMEO_Code="", Event_Text="not of the list")["side_a_type"] is None


@pytest.mark.parametrize(
    ("names", "precision"),
    [
        ({}, 2),
        ({"City": ""}, 4),
        ({"City": "", "District": "Example District"}, 3),
        ({"City": "", "Province": ""}, 6),
        ({"City": "", "Province": "", "Country": ""}, 6),
        ({"City": "", "Province": "", "Country": "", "Latitude": "", "Longitude": ""}, None),
    ],
)
def test_the_most_specific_name_tells_the_precision(
    names: dict[str, str], precision: int | None, tmp_path: Path
) -> None:
    assert one(tmp_path, **names)["where_precision"] == precision


def test_quotes_in_cells_are_text_and_quotes_around_all_cells_are_not(tmp_path: Path) -> None:
    row = icews(Source_Name='Jane "the Example" Doe', Event_Text="Meet at a 'third' location", Publisher='6" Pipe News')
    events = convert(tmp_path, plain([row])).tables["events"]
    assert events.column("side_a").to_pylist() == ['Jane "the Example" Doe']
    assert events == convert(tmp_path, quoted([row])).tables["events"]


@pytest.mark.parametrize("spell", [str.upper, lambda n: n.lower().replace(" ", "_"), lambda n: n.replace(" ", ".")])
def test_the_header_in_another_spelling_gives_the_same_events(spell: Any, tmp_path: Path) -> None:
    known = convert(tmp_path, plain([icews()]))
    other = convert(tmp_path, plain([icews()], [spell(name) for name in ICEWS]))
    assert other.loss.source_format == "icews"
    assert other.tables["events"] == known.tables["events"]


def test_rows_that_cannot_be_read_are_named_and_the_rest_converts(tmp_path: Path) -> None:
    rows = [
        icews("1"),
        icews("", Story_ID="1"),
        icews("3", Event_Date="2015-02-30"),
        icews("4", Latitude="north"),
        icews("5"),
    ]
    conversion = convert(tmp_path, plain(rows) + "6\t2015-03-04\tcut off")
    assert conversion.tables["events"].column("origin_id").to_pylist() == ["1", "5"]
    told = {one.line: one.reason for one in conversion.loss.set_aside}
    assert told.keys() == {3, 4, 5, 7}
    assert "'Event ID': empty" in told[3]
    assert "'Event Date': '2015-02-30'" in told[4]
    assert "'Latitude': 'north'" in told[5]
    assert conversion.loss.adds_up


def test_who_took_part_stands_in_event_actors(tmp_path: Path) -> None:
    found = convert(tmp_path, plain([icews(Target_Name="")])).tables["event_actors"].to_pylist()
    assert [(one["name"], one["side"]) for one in found] == [("Example Brigade (Syria)", "a")]


def test_a_zipped_weekly_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "20200505-icews-events.zip", "w") as archive:
        archive.writestr("20200505-icews-events.tab", plain([icews()]))
    [event] = ce.convert(tmp_path / "20200505-icews-events.zip").tables["events"].to_pylist()
    assert event["origin_version"] == "20200505"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("events.1995.20150313082510.tab", "20150313082510"),
        ("Events.2017.20200602.tab.zip", "20200602"),
        ("20200505-icews-events.tab", "20200505"),
        ("202201-icews-events.tab", "202201"),
        ("icews.tab", None),
    ],
)
def test_the_release_is_told_by_the_file_name(name: str, expected: str | None) -> None:
    assert version(name) == expected


NUMBERS = st.integers(-900000, 900000).map(lambda n: f"{n / 10000:.4f}") | st.just("NA")


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str]]:
    made = []
    for id in draw(st.lists(st.from_regex(r"[0-9]{1,9}", fullmatch=True), min_size=1, max_size=5, unique=True)):
        free = {
            name: draw(HOSTILE) for name in ICEWS if name not in ("Event ID", "Event Date", "Latitude", "Longitude")
        }
        day = draw(st.dates(date(1995, 1, 1), date(2023, 12, 31)) | st.just(""))
        point = draw(st.lists(NUMBERS, min_size=2, max_size=2))
        fixed = {"Event ID": id, "Event Date": str(day), "Latitude": point[0], "Longitude": point[1]}
        made.append({name: (fixed | free)[name] for name in ICEWS})
    return made


def expected(name: str, cell: str) -> str | None:
    if cell in ("", "NA", "NULL"):
        return None
    return repr(float(cell)) if name in ("Latitude", "Longitude") else cell


@settings(max_examples=15, deadline=None)
@given(rows())
def test_every_cell_can_be_made_again(made: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        conversion = convert(Path(folder), quoted(made), source_format="icews")
        [again] = rebuild(conversion.tables["events"], conversion.loss).values()
    assert again.to_pylist() == [{name: expected(name, cell) for name, cell in row.items()} for row in made]
