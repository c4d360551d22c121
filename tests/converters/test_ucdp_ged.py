"""UCDP GED becomes events: every row, every death, the same in every layout, and no more than UCDP says."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

import conflict_events as ce
from conflict_events.converters import Conversion
from conflict_events.converters.ucdp_ged import version
from tests.converters.ucdp_rows import NEWEST, hdx, row, text, web

REAL = {
    "ged191_raw_mmr_bgd.csv": 1,
    "ged201_hdx_ukr.csv": 2,
    "ged221_hdx_ukr.csv": 2,
    "ged241_ucdpweb_sdn.csv": 1,
}
"""Records before the data in each file."""

ROWS = [row(1), row(2, type_of_violence=3, side_b="Civilians", date_start=date(2005, 3, 4), date_end=date(2005, 3, 20))]


def convert(folder: Path, content: str, name: str = "ged.csv", **options: Any) -> Conversion:
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return ce.convert(path, **options)


def one(folder: Path, **changes: Any) -> dict[str, Any]:
    events = convert(folder, text([row(**changes)])).tables["events"].to_pylist()
    assert len(events) == 1
    event: dict[str, Any] = events[0]
    return event


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_loses_no_row_and_no_death(name: str, shared: Path) -> None:
    path = shared / "data" / "ucdp" / name
    conversion = ce.convert(path)
    assert conversion.loss.adds_up
    assert not conversion.loss.set_aside
    assert not conversion.loss.merged
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    best = "best_est" if "best_est" in names else "best"
    # the web export ends each row with a comma, so it has a column more than its header says
    columns = ", ".join(f"'{n}': 'VARCHAR'" for n in [*names, *["beyond"] * ("best_est" in names)])
    theirs = duckdb.execute(
        f"SELECT year::INT, count(*), sum({best}::INT) FROM read_csv('{path}', columns = {{{columns}}}, "
        f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', skip = {REAL[name]}) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    con = duckdb.connect()
    con.register("events", conversion.tables["events"])
    ours = con.sql("SELECT year(date_start), count(*), sum(deaths_best) FROM events GROUP BY 1 ORDER BY 1").fetchall()
    assert ours == theirs


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_breaks_only_rules_that_ucdp_is_known_to_break(name: str, shared: Path) -> None:
    result = ce.validate(ce.convert(shared / "data" / "ucdp" / name).tables, suite="upstream")
    assert result.ok, result.to_text()


def test_sudan_is_sudan_before_july_2011_wherever_the_point_lies_today(tmp_path: Path) -> None:
    before = one(tmp_path, latitude=4.85, longitude=31.6, date_start=date(2011, 7, 8), date_end=date(2011, 7, 8))
    after = one(tmp_path, country_id=626, date_start=date(2011, 7, 9), date_end=date(2011, 7, 9))
    assert (before["country"], after["country"]) == ("SDN", "SSD")


def test_real_sudan_events_in_todays_south_sudan_raise_no_alarm(shared: Path) -> None:
    conversion = ce.convert(shared / "data" / "ucdp" / "ged241_ucdpweb_sdn.csv")
    result = ce.validate(conversion.tables, suite="upstream")
    about_place = {"CE119", "CE120", "CE121", "CE122", "CE207", "CE208"}
    assert not {rule for rule, n in result.counts.items() if n} & about_place
    assert set(conversion.tables["events"]["country"].to_pylist()) == {"SDN"}


def test_the_web_export_and_the_hdx_copy_of_the_same_rows_give_identical_events(tmp_path: Path) -> None:
    ours = convert(tmp_path, web(ROWS), version="24.1").tables["events"]
    theirs = convert(tmp_path, hdx(ROWS, "SDN"), version="24.1").tables["events"]
    assert ours.equals(theirs), pa.concat_tables([ours, theirs]).to_pylist()


def test_a_row_is_read_as_ucdp_means_it(tmp_path: Path) -> None:
    event = one(tmp_path, id=77)
    assert event["event_id"] == "ucdp_ged:77"
    assert (event["origin"], event["origin_id"], event["record_status"]) == ("ucdp_ged", "77", "final")
    assert (event["violence_type"], event["event_type"], event["event_subtype"]) == (1, None, None)
    assert (event["date_start"], event["date_precision"]) == (date(2005, 3, 1), 1)
    assert (event["side_a"], event["side_a_id"], event["side_a_type"]) == (
        "Government of Sudan",
        "ucdp:112",
        "state_forces",
    )
    assert (event["side_b"], event["side_b_type"], event["initiator"]) == ("Example Front", "rebel_group", "not_coded")
    assert (event["conflict_id"], event["dyad_id"]) == ("ucdp:90001", "ucdp:90002")
    assert [event[f"deaths_{x}"] for x in ("side_a", "side_b", "civilians", "unknown", "low", "best", "high")] == [
        1, 2, 0, 0, 3, 3, 4
    ]  # fmt: skip
    assert event["derived"] == ["side_a_type", "side_b_type"]
    assert event["n_reports"] == 1


def test_best_above_high_arrives_as_it_is_and_breaks_its_rule(tmp_path: Path) -> None:
    conversion = convert(tmp_path, text([row(best=9, high=4, deaths_b=8)]))
    assert conversion.tables["events"]["deaths_best"].to_pylist() == [9]
    result = ce.validate(conversion.tables, suite="upstream")
    assert result.counts["CE211"] == 1
    assert result.ok


def test_what_is_not_known_is_null_and_the_mark_stays_in_native(tmp_path: Path) -> None:
    event = one(tmp_path, side_b="XXX1234", number_of_sources=-1)
    assert (event["side_b"], event["side_b_type"], event["n_reports"]) == (None, None, None)
    assert '"side_b":"XXX1234"' in event["native"]
    assert '"number_of_sources":"-1"' in event["native"]


@pytest.mark.parametrize(
    ("side_a", "kind"),
    [
        ("Government of Sudan", "state_forces"),
        ("Government of Chad", "external_forces"),
        ("Government of Chad, Government of Sudan", None),
        ("Example Militia", None),
        ("Civilians", "civilians"),
    ],
)
def test_a_sides_type_is_said_only_where_ucdps_definitions_settle_it(side_a: str, kind: str, tmp_path: Path) -> None:
    assert one(tmp_path, side_a=side_a)["side_a_type"] == kind


def test_candidates_are_candidates(tmp_path: Path) -> None:
    assert one(tmp_path, code_status="Check deaths")["record_status"] == "candidate"
    monthly = convert(tmp_path, text([row()]), "GEDEvent_v26_0_2.csv").tables["events"].to_pylist()[0]
    assert (monthly["record_status"], monthly["origin_version"]) == ("candidate", "26.0.2")
    assert monthly["coder"] == "ucdp_ged/26.0.2"
    quarter = convert(tmp_path, text([row()]), "GEDEvent_v23_01_23_03.csv").tables["events"].to_pylist()[0]
    assert (quarter["record_status"], quarter["origin_version"]) == ("candidate", "23.01.23.03")


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("GEDEvent_v24_1.csv", "24.1"),
        ("ged241-csv.zip", "24.1"),
        ("GEDEvent_v24_0_11.csv", "24.0.11"),
        ("ged50.csv", "5.0"),
        ("GEDEvent_v23_01_23_03.csv", "23.01.23.03"),
        ("ucdpged251.csv", "25.1"),
        ("merged2_1.csv", None),
        ("gedevents-2024.csv", None),
        ("sudan.csv", None),
    ],
)
def test_the_release_is_read_from_the_files_name(name: str, release: str | None) -> None:
    assert version(name) == release


@pytest.mark.parametrize(
    "drop", [(), ("conflict_dset_id", "dyad_dset_id"), ("where_description", "code_status", "relid")]
)
def test_older_layouts_lack_columns_and_say_nothing_of_them(drop: tuple[str, ...], tmp_path: Path) -> None:
    columns = [name for name in NEWEST if name not in drop]
    conversion = convert(tmp_path, text(ROWS, columns))
    assert conversion.loss.converted == 2
    assert conversion.loss.sheets[0].layout.startswith("with")


@pytest.mark.parametrize(("release", "prefix"), [("5.0", "ucdp_old:"), ("24.1", "ucdp:"), (None, None)])
def test_a_number_of_before_the_renumbering_of_17_1_is_never_taken_for_a_new_one(
    release: str | None, prefix: str | None, tmp_path: Path
) -> None:
    old = {f"{what}_new_id": f"{what}_id" for what in ("conflict", "dyad", "side_a", "side_b")}
    columns = [old.get(name, name) for name in NEWEST if not name.endswith("_dset_id")]
    rows = [{old.get(k, k): v for k, v in row().items()}]
    conversion = convert(tmp_path, text(rows, columns), version=release)
    assert conversion.loss.sheets[0].layout == "with one id (before 17.1)"
    event = conversion.tables["events"].to_pylist()[0]
    assert event["conflict_id"] == (prefix and f"{prefix}90001")
    assert event["side_b_id"] == (prefix and f"{prefix}90003")
    assert json.loads(event["native"])["conflict_id"] == "90001"
    assert any("numbering" in note.message for note in conversion.loss.notes) is (release is None)
    assert ce.validate(conversion.tables, suite="upstream").ok


def test_the_apis_json_is_read(tmp_path: Path) -> None:
    rows = [one | {"date_start": str(one["date_start"]), "date_end": f"{one['date_end']}T00:00:00"} for one in ROWS]
    answer = {"TotalCount": 2, "TotalPages": 1, "Result": rows}
    path = tmp_path / "api.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    events = ce.convert(path).tables["events"]
    assert events.num_rows == 2
    assert events["date_end"].to_pylist() == [date(2005, 3, 1), date(2005, 3, 20)]


@pytest.mark.parametrize(
    ("name", "baseline"),
    [*zip(REAL, ("19.1-mmr-bgd", "20.1-ukr", "22.1-ukr", "24.1-sdn"), strict=True)],
)
def test_a_real_file_fails_where_its_baseline_says_and_nowhere_else(
    name: str, baseline: str, shared: Path, root: Path
) -> None:
    known = root / "validation" / "baselines" / "ucdp_ged" / f"{baseline}.json"
    events = ce.convert(shared / "data" / "ucdp" / name).tables["events"]
    result = ce.validate(events, suite="upstream", baseline=known)
    assert result.failures.num_rows == result.excused.num_rows, result.to_text()
    assert result.failures.num_rows


def test_two_releases_of_ukraine_differ_as_ucdp_revised_them(shared: Path) -> None:
    old, new = (ce.convert(shared / "data" / "ucdp" / f"ged{n}_hdx_ukr.csv").tables["events"] for n in (201, 221))
    events = next(t for t in ce.diff(old, new).tables if t.table == "events")
    assert (events.rows_old, events.rows_new, events.withdrawn) == (1167, 2989, 94)
    columns = {change.column: (change.rows, change.spelling_only) for change in events.columns}
    assert columns["deaths_best"] == (59, 0)
    assert {"latitude", "longitude", "side_b"} <= set(columns)
    assert 0 < columns["admin1"][1] < columns["admin1"][0]
