"""GDELT events become claims: nothing is lost, and nothing is said that GDELT does not say. All rows are invented."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters import Conversion, code_lists
from conflict_events.converters.countries import country_of
from conflict_events.converters.gdelt import COLUMNS, GDELT, OLD_COLUMNS, fits
from conflict_events.converters.rebuild import rebuild
from conflict_events.converters.tabular.lookup import with_lookups
from conflict_events.schema import vocabulary

ROW = {
    "GLOBALEVENTID": "0417",
    "SQLDATE": "20160309",
    "MonthYear": "201603",
    "Year": "2016",
    "FractionDate": "2016.1890",
    "Actor1Code": "SYRMIL",
    "Actor1Name": "SOLDIER",
    "Actor1CountryCode": "SYR",
    "Actor1Type1Code": "MIL",
    "Actor2Code": "REB",
    "Actor2Name": "REBEL",
    "Actor2Type1Code": "SEP",
    "IsRootEvent": "1",
    "EventCode": "195",
    "EventBaseCode": "195",
    "EventRootCode": "19",
    "QuadClass": "4",
    "GoldsteinScale": "-10.0",
    "NumMentions": "6",
    "NumSources": "1",
    "NumArticles": "3",
    "AvgTone": "-4.50000000000000",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Testville, Test Province, Syria",
    "ActionGeo_CountryCode": "SY",
    "ActionGeo_ADM1Code": "SY04",
    "ActionGeo_ADM2Code": "00817",
    "ActionGeo_Lat": "35.5",
    "ActionGeo_Long": "36.25",
    "ActionGeo_FeatureID": "-000123",
    "DATEADDED": "20160309114500",
    "SOURCEURL": "https://news.example/a",
}


def row(**cells: str | None) -> dict[str, str]:
    """The example row with other cells."""
    return {name: value or "" for name, value in (ROW | cells).items()}


def write(
    path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS, header: bool = False
) -> Path:
    lines = [list(columns)] if header else []
    lines += [[cells.get(name, "") for name in columns] for cells in rows]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8", newline="")
    return path


def events(path: Path, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    conversion = ce.convert(write(path / "20160309114500.export.CSV", rows))
    assert conversion.loss.adds_up
    found: list[dict[str, Any]] = conversion.tables["events"].to_pylist()
    return found


def layout(conversion: Conversion) -> str:
    return conversion.loss.sheets[0].layout


def test_a_row_is_a_claim_that_says_what_gdelt_says(tmp_path: Path) -> None:
    [event] = events(tmp_path, [row()])
    assert {
        name: value for name, value in event.items() if value is not None and name not in ("geometry", "bbox", "native")
    } == {
        "event_id": "gdelt:0417",
        "origin": "gdelt",
        "origin_id": "0417",
        "origin_version": "2.0",
        "record_status": "claim",
        "event_level": "incident",
        "event_type": "explosions_remote_violence",
        "event_subtype": "air_drone_strike",
        "date_start": date(2016, 3, 9),
        "date_end": date(2016, 3, 9),
        "date_precision": 1,
        "side_a": "SOLDIER",
        "side_a_type": "state_forces",
        "side_b": "REBEL",
        "side_b_type": "rebel_group",
        "initiator": "not_coded",
        "country": "SYR",
        "place_name": "Testville, Test Province, Syria",
        "latitude": 35.5,
        "longitude": 36.25,
        "where_precision": 2,
        "priogrid_gid": 181153,
        "n_reports": 3,
        "coder": "gdelt/2.0",
        "reviewed": False,
        "derived": ["event_type", "event_subtype", "date_precision", "side_a_type", "side_b_type", "where_precision"],
    }
    native = json.loads(event["native"])
    mapped = {"GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor2Name", "NumArticles"}
    mapped |= {"ActionGeo_FullName", "ActionGeo_Lat", "ActionGeo_Long", "MonthYear", "Year", "FractionDate"}
    assert native == {name: value for name, value in ROW.items() if name not in mapped}


@pytest.mark.parametrize(
    "code", [*[r["cameo_code"] for r in vocabulary.rows("crosswalk_cameo")][::7], "999", "01", "20"]
)
def test_the_kind_is_the_crosswalks_and_a_narrow_one_is_noted(tmp_path: Path, code: str) -> None:
    [event] = events(tmp_path, [row(EventCode=code)])
    kind = next((r for r in vocabulary.rows("crosswalk_cameo") if r["cameo_code"] == code), None)
    assert event["event_type"] == (kind and kind["event_type"])
    assert event["event_subtype"] == (kind and kind["event_subtype"])
    assert json.loads(event["native"])["EventCode"] == code
    for column in ("event_type", "event_subtype", "notes"):
        assert (column in event["derived"]) == (event[column] is not None)
    assert (event["notes"] is not None) == bool(kind and kind["match"] == "narrow")


def test_the_quad_class_is_never_made_of_the_root(tmp_path: Path) -> None:
    [event] = events(tmp_path, [row(QuadClass="1")])
    assert json.loads(event["native"])["QuadClass"] == "1"


@pytest.mark.parametrize(
    ("home", "place", "kind"),
    [
        ("SYR", "SY", "state_forces"),
        ("USA", "SY", "external_forces"),
        ("", "SY", None),
        ("USA", "", None),
    ],
)
def test_forces_have_a_type_only_where_both_countries_are_known(
    tmp_path: Path, home: str, place: str, kind: str | None
) -> None:
    [event] = events(tmp_path, [row(Actor1CountryCode=home, ActionGeo_CountryCode=place)])
    assert event["side_a_type"] == kind


@pytest.mark.parametrize(("code", "kind"), [("173", "civilians"), ("141", None), ("1451", None), ("", None)])
def test_who_acts_in_a_protest_is_not_called_civilian(tmp_path: Path, code: str, kind: str | None) -> None:
    [event] = events(tmp_path, [row(EventCode=code, Actor1Type1Code="EDU", Actor2Type1Code="EDU")])
    assert (event["side_a_type"], event["side_b_type"]) == (kind, "civilians")


def test_both_sides_stand_in_event_actors(tmp_path: Path) -> None:
    tables = ce.convert(write(tmp_path / "a.export.CSV", [row(), row(GLOBALEVENTID="1", Actor2Name="")])).tables
    named = [(one["event_id"], one["name"], one["side"]) for one in tables["event_actors"].to_pylist()]
    assert sorted(named) == [("gdelt:0417", "REBEL", "b"), ("gdelt:0417", "SOLDIER", "a"), ("gdelt:1", "SOLDIER", "a")]
    assert ce.validate(tables, suite="upstream").ok


def test_a_role_that_fits_none_of_our_types_gives_none(tmp_path: Path) -> None:
    [event] = events(tmp_path, [row(Actor1Type1Code="GOV", Actor2Type1Code="")])
    assert event["side_a_type"] is event["side_b_type"] is None
    assert "side_a_type" not in event["derived"]


@pytest.mark.parametrize(
    ("kind", "precision"), [("1", 6), ("2", 4), ("3", 2), ("4", 2), ("5", 4), ("0", None), ("", None)]
)
def test_the_precision_of_the_place_follows_its_type(tmp_path: Path, kind: str, precision: int | None) -> None:
    cells = row(ActionGeo_Type=kind) if precision else row(ActionGeo_Type=kind, ActionGeo_Lat="", ActionGeo_Long="")
    [event] = events(tmp_path, [cells])
    assert event["where_precision"] == precision
    assert ("where_precision" in event["derived"]) == (precision is not None)
    assert event["admin1"] is None


def test_a_country_is_that_of_the_day(tmp_path: Path) -> None:
    old, new, lost = events(
        tmp_path,
        [
            row(SQLDATE=day, ActionGeo_CountryCode=code)
            for day, code in (("20160309", "RI"), ("20160309", "OD"), ("20160309", "ZZ"))
        ],
    )
    assert (old["country"], new["country"], lost["country"]) == ("SRB", "SSD", None)
    assert json.loads(lost["native"])["ActionGeo_CountryCode"] == "ZZ"


@pytest.mark.parametrize("scheme", ["fips", "cameo"])
def test_the_lookups_say_what_country_of_says(scheme: str) -> None:
    codes = sorted({r["code"] or "" for r in vocabulary.rows("crosswalk_country") if r["scheme"] == scheme} | {"??"})
    days = [date(1979, 1, 1), date(1990, 10, 3), date(1992, 1, 1), date(2006, 6, 3), date(2012, 1, 1), date(2024, 1, 1)]
    table = pa.table({"code": codes * len(days), "day": [day for day in days for _ in codes]})
    looked = with_lookups(table, dataclasses.replace(GDELT, lookups={"plain": code_lists.countries(scheme, "code")}))
    with duckdb.connect() as con:
        con.register("codes", looked)
        ours = code_lists.country(scheme, "plain", "code", "day")
        differ = con.execute(
            f"SELECT code, day, {ours}, {country_of(scheme, 'code', 'day')} FROM codes WHERE {ours} "
            f"IS DISTINCT FROM {country_of(scheme, 'code', 'day')}"
        ).fetchall()
    assert differ == []


def test_all_rows_keep_their_order_and_their_own_codes(tmp_path: Path) -> None:
    codes = [r["cameo_code"] or "" for r in vocabulary.rows("crosswalk_cameo")]
    rows = [row(GLOBALEVENTID=str(i), EventCode=codes[i % len(codes)]) for i in range(3000)]
    found = events(tmp_path, rows)
    assert [e["origin_id"] for e in found] == [str(i) for i in range(3000)]
    assert [json.loads(e["native"])["EventCode"] for e in found] == [r["EventCode"] for r in rows]


def test_days_that_a_machine_counted_back_are_told(tmp_path: Path) -> None:
    rows = [
        row(GLOBALEVENTID=str(i), SQLDATE=day) for i, day in enumerate(["20150309", "20160302", "20160209", "20160308"])
    ]
    conversion = ce.convert(write(tmp_path / "a.CSV", rows))
    assert any(note.message.startswith("3 rows are dated exactly a week") for note in conversion.loss.notes)


@pytest.mark.parametrize("bad", ["20160230", "2016-03-9", "0", "twenty16", "201603091"])
def test_a_day_that_is_none_sets_the_row_aside_by_name(tmp_path: Path, bad: str) -> None:
    rows = [row(), row(GLOBALEVENTID="2", SQLDATE=bad)]
    conversion = ce.convert(write(tmp_path / "a.CSV", rows))
    assert conversion.tables["events"].num_rows == 1
    [aside] = conversion.loss.set_aside
    assert (aside.line, "SQLDATE" in aside.reason, bad in aside.reason) == (2, True, True)


def test_the_layouts_are_told_apart_without_a_header(tmp_path: Path) -> None:
    new = ce.convert(write(tmp_path / "new.CSV", [row()]))
    old = ce.convert(write(tmp_path / "old.CSV", [row(ActionGeo_ADM2Code="")], OLD_COLUMNS))
    older = ce.convert(write(tmp_path / "older.CSV", [row(ActionGeo_ADM2Code="", SOURCEURL="")], OLD_COLUMNS[:-1]))
    assert [layout(c) for c in (new, old, older)] == ["2.0 (61 columns)", *["1.0 (57 or 58 columns)"] * 2]
    ids = [c.tables["events"].column("origin_version")[0].as_py() for c in (new, old, older)]
    assert ids == ["2.0", "1.0", "1.0"]


def test_both_widths_of_the_old_layout_stand_in_one_file(tmp_path: Path) -> None:
    path = write(tmp_path / "old.CSV", [row()], OLD_COLUMNS[:-1])
    path.write_text(
        path.read_text(encoding="utf-8")
        + write(tmp_path / "b", [row(GLOBALEVENTID="2")], OLD_COLUMNS).read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    conversion = ce.convert(path)
    assert conversion.loss.set_aside == ()
    urls = [json.loads(n).get("SOURCEURL") for n in conversion.tables["events"].column("native").to_pylist()]
    assert urls == [None, "https://news.example/a"]


@pytest.mark.parametrize(("columns", "release"), [(COLUMNS, "2.0"), (OLD_COLUMNS, "1.0")])
def test_a_copy_with_a_header_gives_the_same_events(tmp_path: Path, columns: tuple[str, ...], release: str) -> None:
    rows = [row(ActionGeo_ADM2Code=""), row(GLOBALEVENTID="2", Actor1Name='SO "QUOTED"', ActionGeo_ADM2Code="")]
    plain = ce.convert(write(tmp_path / "a.CSV", rows, columns))
    headed = ce.convert(write(tmp_path / "b.tsv", rows, columns, header=True))
    assert layout(headed) == f"{release}, with a header"
    assert headed.tables["events"].equals(plain.tables["events"])


def test_a_mention_or_a_header_is_no_event_without_a_header() -> None:
    assert fits(tuple(row().get(name, "") for name in COLUMNS))
    assert not fits(COLUMNS)
    assert not fits(tuple(row(MonthYear="2016-03").get(name, "") for name in COLUMNS))


def test_sound_rows_validate(tmp_path: Path) -> None:
    rows = [row(), row(GLOBALEVENTID="2", EventCode="193"), row(GLOBALEVENTID="3", ActionGeo_Lat="", ActionGeo_Long="")]
    conversion = ce.convert(write(tmp_path / "a.CSV", rows))
    result = ce.validate(conversion.tables, suite="upstream")
    assert result.ok, result.counts


# not made: more control characters than a text has (the reader may take it for no text)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
ODD = ['a "b" c', "\\", "'", "😀", "-000123", "1.50", "\x01" + "x" * 60, "x" * 3000, '{"a":1}']
CELL = st.text(LETTERS, max_size=9) | st.sampled_from([*ODD, '"quoted"', '"'])
FREE = [c for c in COLUMNS if c not in ("GLOBALEVENTID", "SQLDATE", "NumArticles", "ActionGeo_Lat", "ActionGeo_Long")]
STRANGE = st.fixed_dictionaries(
    {
        "SQLDATE": st.dates(date(1920, 1, 1), date(2030, 12, 31)).map(lambda d: d.strftime("%Y%m%d")),
        "NumArticles": st.integers(0, 2**31 - 1).map(str) | st.sampled_from(["", "5.0", "007"]),
        "ActionGeo_Lat": st.sampled_from(["", "35.50", "-8", "0.0"]),
        "ActionGeo_Long": st.sampled_from(["", "36.25", "-170.00010"]),
    },
    optional=dict.fromkeys(FREE, CELL),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STRANGE, min_size=1, max_size=5))
def test_every_cell_can_be_made_again(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    given_rows = [row(), *(row(**cells) | {"GLOBALEVENTID": str(i)} for i, cells in enumerate(rows))]
    path = write(tmp_path / "a.CSV", given_rows)
    conversion = ce.convert(path, "gdelt")
    assert conversion.loss.adds_up
    assert conversion.loss.set_aside == ()
    [again] = rebuild(conversion.tables["events"], conversion.loss).values()
    assert again.to_pylist() == [{name: normal(name, cells.get(name, "")) for name in COLUMNS} for cells in given_rows]


def normal(name: str, cell: str) -> str | None:
    """A cell as the report says that it is normalised, in plain Python."""
    if not cell:
        return None
    if name == "GLOBALEVENTID":
        return cell.strip()
    if name == "NumArticles":
        return str(int(float(cell)))
    if name in ("ActionGeo_Lat", "ActionGeo_Long"):
        return str(float(cell))
    return cell


def test_the_real_file_is_converted_whole(shared: Path) -> None:
    path = shared / "data" / "gdelt" / "gdelt_20191024143000.export.CSV"
    conversion = ce.convert(path)
    table = conversion.tables["events"]
    assert (conversion.loss.adds_up, conversion.loss.set_aside, table.num_rows) == (True, (), 2111)
    assert table.column("latitude").null_count == 38
    [again] = rebuild(table, conversion.loss).values()
    source = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert again.to_pylist() == [
        {name: normal(name, cell) for name, cell in zip(COLUMNS, cells, strict=True)} for cells in source
    ]
    native = [json.loads(text) for text in table.column("native").to_pylist()]
    assert not any({"MonthYear", "Year", "FractionDate"} & cells.keys() for cells in native)
    assert ce.validate(conversion.tables, suite="upstream").ok
