"""A mapping is proposed from names and values, with its evidence; whatever the file, it is one that validate takes."""

from __future__ import annotations

import csv
import tempfile
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events import schema
from conflict_events.cli.validate import command
from conflict_events.errors import BadDataError, UsageError
from conflict_events.quality import mapped
from conflict_events.quality.infer import propose
from conflict_events.quality.infer.dates import shape_of, swap
from conflict_events.quality.infer.names import _tables, alpha_2, known_names, plain, words
from conflict_events.quality.mapping import load
from conflict_events.schema.vocabulary import codes, country_names


def proposed(folder: Path, text: str) -> dict[str, Any]:
    path = folder / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return tomllib.loads(propose(path))


def comment(folder: Path, ours: str) -> str:
    """The evidence beside a column of the file last proposed from."""
    lines = propose(folder / "mine.csv").splitlines()
    return next(line for line in lines if line.startswith((f"{ours} = ", f"[columns.{ours}]"))).split("#", 1)[1].strip()


def test_common_names_are_known_whatever_their_case_and_punctuation(tmp_path: Path) -> None:
    header = "Incident ID,eventDate,END-DATE,Actor1,Country,Admin_1,LAT,lng,Fatalities,Sub event type,secret"
    said = proposed(tmp_path, f"{header}\nx1,2020-01-01,2020-01-02,A,IRQ,N,1,2,3,Armed clash,s\n")
    assert said["columns"] == {
        "event_id": "Incident ID",
        "event_subtype": {"from": "Sub event type", "values": {"Armed clash": "armed_clash"}},
        "date_start": "eventDate",
        "date_end": "END-DATE",
        "side_a": "Actor1",
        "country": "Country",
        "admin1": "Admin_1",
        "latitude": "LAT",
        "longitude": "lng",
        "deaths_best": "Fatalities",
    }
    assert said["ignored"]["columns"] == ["secret"]
    assert said["constants"]["coder"] == "mine"
    assert set(said["columns"]) | set(said["constants"]) | set(said["absent"]["columns"]) == set(
        schema.table("events").names
    )


def test_the_proposal_finds_in_the_file_what_is_wrong_in_it(tmp_path: Path) -> None:
    proposed(tmp_path, "id,date,country,lat,lon,killed\na,13/01/2020,Iraq,36,43,3\na,14/01/2020,Iraq,36,43,-3\n")
    (tmp_path / "mapping.toml").write_text(propose(tmp_path / "mine.csv"), encoding="utf-8")
    result = ce.validate(tmp_path / "mine.csv", mapping=tmp_path / "mapping.toml")
    assert {r for r, n in result.counts.items() if n} == {"CE129", "CE251"}
    assert comment(tmp_path, "event_id") == "by name; not unique: 1 of 2 repeat a value"


@pytest.mark.parametrize(
    ("values", "format"),
    [
        (["2019-01-01", "2019-02-03 00:00:00.000"], None),
        (["01/02/2020", "13/01/2020"], "%d/%m/%Y"),
        (["01/02/2020", "01/13/2020"], "%m/%d/%Y"),
        (["01/12/2001 00:00:00", "04/25/2001 00:00:00"], "%m/%d/%Y %H:%M:%S"),
        (["20190101", "20191231"], "%Y%m%d"),
        (["01-January-2015", "2-March-2015"], "%d-%B-%Y"),
        (["5-Aug-24", "15-Aug-24"], "%d-%b-%y"),
        (["31-12-19", "01-02-20"], "%d-%m-%y"),
        (["31.12.2019"], "%d.%m.%Y"),
        (["May 5, 2019"], "%B %d, %Y"),
    ],
)
def test_the_format_of_dates_is_read_from_the_values(values: list[str], format: str | None, tmp_path: Path) -> None:
    said = proposed(tmp_path, "date\n" + "".join(f'"{value}"\n' for value in values))["columns"]["date_start"]
    assert said == ("date" if format is None else {"from": "date", "format": format})


def test_an_order_of_day_and_month_that_no_value_decides_is_said_to_be_ambiguous(tmp_path: Path) -> None:
    said = proposed(tmp_path, "date\n01/02/2020\n03/04/2020\n")
    assert said["columns"]["date_start"] == {"from": "date", "format": "%d/%m/%Y"}
    assert "ambiguous: day first or month first? (%m/%d/%Y reads as many)" in comment(tmp_path, "date_start")


def test_one_column_of_dates_decides_for_its_like(tmp_path: Path) -> None:
    said = proposed(tmp_path, "start_date,end_date\n01/02/2020,01/13/2020\n03/04/2020,03/04/2020\n")
    assert said["columns"]["date_start"] == {"from": "start_date", "format": "%m/%d/%Y"}
    assert "ambiguous" not in comment(tmp_path, "date_start")
    assert "01/13/2020 decides" in comment(tmp_path, "date_end")


def test_a_time_of_day_is_dropped_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    said = proposed(tmp_path, "date\n2020-01-01T14:30:00Z\n2020-01-02T00:00:00Z\n")
    assert said["columns"]["date_start"] == {"from": "date", "drop_time": True}
    assert "the time of day is not checked" in comment(tmp_path, "date_start")


@pytest.mark.parametrize(
    ("header", "values", "wanted"),
    [
        ("country", ["IRQ", "SYR"], "country"),
        ("country", ["Iraq", "Nowhere"], {"from": "country", "values": {"Iraq": "IRQ"}}),
        ("country_code", ["IQ", "SY"], {"from": "country_code", "values": {"IQ": "IRQ", "SY": "SYR"}}),
        ("nation", ["DR Congo (Zaire)"], {"from": "nation", "values": {"DR Congo (Zaire)": "COD"}}),
        ("col", ["IRQ", "SYR"], "col"),
        ("country_code", ["645", "652"], None),
        ("col", ["IQ", "SY"], None),
        ("nation", ["Congo"], None),
    ],
)
def test_countries_are_translated_by_exact_tables_only(
    header: str, values: list[str], wanted: object, tmp_path: Path
) -> None:
    said = proposed(tmp_path, f"{header},n\n" + "".join(f"{value},1\n" for value in values))
    assert said["columns"].get("country") == wanted


def test_a_name_that_the_values_belie_is_not_believed_and_the_reason_is_given(tmp_path: Path) -> None:
    said = proposed(tmp_path, 'lat,type,y\n"36,3",ongoing,1\n"36,4",ended,2\n')
    assert "event_type" not in said["columns"]
    assert said["columns"]["latitude"] == "y"
    text = propose(tmp_path / "mine.csv")
    assert '"lat",  # named like latitude, but 0 of 2 values are coordinates in range' in text


def test_coordinates_that_look_swapped_are_told(tmp_path: Path) -> None:
    proposed(tmp_path, "lat,lon\n98.7,23.6\n97.1,22.0\n")
    assert "swapped with longitude?" in comment(tmp_path, "latitude")


def test_what_stands_for_no_value_is_proposed_as_such(tmp_path: Path) -> None:
    said = proposed(tmp_path, "killed\n3\nNA\nmany\n4\n")
    assert said["columns"]["deaths_best"] == {"from": "killed", "null": ["NA"]}


def test_an_identifier_without_a_known_name_is_found_where_one_column_alone_may_be_it(tmp_path: Path) -> None:
    assert proposed(tmp_path, "nr,x\nA-1,1.5\nA-2,1.5\n")["columns"]["event_id"] == "nr"
    assert "event_id" not in proposed(tmp_path, "nr,other\nA-1,B-1\nA-2,B-2\n")["columns"]
    assert '"nr",  # may be event_id' in propose(tmp_path / "mine.csv")


def test_a_row_of_hxl_tags_is_no_data(tmp_path: Path) -> None:
    said = proposed(tmp_path, "id,country\n,#country+code\n1,IRQ\n2,SYR\n")
    assert said["skip_rows"] == 1
    assert comment(tmp_path, "country") == "by name; 2 of 2 values are codes of country"


def test_parquet_as_pandas_writes_it_gets_casts_and_then_has_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "mine.parquet"
    pd.DataFrame(
        {
            "id": [1, 2],
            "date": [datetime(2020, 1, 1), datetime(2020, 1, 2)],
            "killed": [1.0, None],
            "type_of_violence": [1.0, 2.0],
            "iso3": pd.Categorical(["IRQ", "SYR"]),
            "tags": [["a"], ["b"]],
        }
    ).to_parquet(path)
    text = propose(path)
    assert tomllib.loads(text)["columns"] == {
        "event_id": {"from": "id", "cast": True},
        "violence_type": {"from": "type_of_violence", "cast": True},
        "date_start": {"from": "date", "cast": True},
        "country": "iso3",
        "deaths_best": {"from": "killed", "cast": True},
    }
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    result = ce.validate(path, mapping=tmp_path / "mapping.toml")
    assert result.ok
    assert not result.failures.num_rows


def test_a_file_of_our_own_needs_no_translation(tmp_path: Path) -> None:
    table = ce.load("events")
    pq.write_table(table, tmp_path / "events.parquet")
    said = tomllib.loads(propose(tmp_path / "events.parquet"))
    assert {k: v for k, v in said["columns"].items() if v != k} == {}
    assert said["ignored"]["columns"] == said["absent"]["columns"] == []


@pytest.mark.parametrize(
    ("layout", "special"),
    [
        ("ged191_raw_mmr_bgd", {"deaths_best": "best", "date_start": "date_start"}),
        ("ged201_hdx_ukr", {"country": "iso3"}),
        ("ged221_hdx_ukr", {"country": "iso3"}),
        (
            "ged241_ucdpweb_sdn",
            {
                "country": {"from": "country", "values": {"Sudan": "SDN"}},
                "deaths_best": "best_est",
                "date_start": {"from": "date_start", "format": "%m/%d/%Y %H:%M:%S"},
            },
        ),
    ],
)
def test_every_layout_of_ucdp_ged_is_understood(
    layout: str, special: dict[str, Any], shared: Path, tmp_path: Path
) -> None:
    path = shared / "data" / "ucdp" / f"{layout}.csv"
    text = propose(path)
    said = tomllib.loads(text)
    assert special.items() <= said["columns"].items()
    assert {"event_id": "id", "violence_type": "type_of_violence", "where_precision": "where_prec"}.items() <= said[
        "columns"
    ].items()
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    result = ce.validate(path, mapping=tmp_path / "mapping.toml")
    broken = {r for r, n in result.counts.items() if n}
    assert broken <= {"CE209", "CE210", "CE211", "CE212"}, "the defects that UCDP's files are known for, and no other"


def test_several_files_or_none_are_refused(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text("id\n1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is 2 files"):
        propose(tmp_path)
    with pytest.raises(UsageError, match="no such file"):
        propose(tmp_path / "c.csv")


HEADERS = st.one_of(
    st.text(max_size=8).filter(lambda t: "\x00" not in t),
    st.sampled_from(["id", "ID", "Id ", "country", "Country", "iso3", "lat", "LAT", "y", "date", "event_id", "coder"]),
    st.sampled_from(
        ['a"b', "a'b", "a\nb", "a\\b", "", " ", "]", "#", "[x]", "é", "日付", "a{b}", "geometry", "derived"]
    ),
)
CELLS = st.sampled_from(
    ["", "1", "-2.5", "IRQ", "Iraq", "IQ", "13/01/2020", "01/02/2020", "NA", "yes", "x'\"\n\\", "日"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_the_columns_are_called_the_proposal_is_a_mapping_that_validate_takes(data: st.DataObject) -> None:
    headers = data.draw(st.lists(HEADERS, min_size=1, max_size=6))
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers)), max_size=4))
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        path = Path(folder) / "my own.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, quoting=csv.QUOTE_ALL).writerows([headers, *rows])
        _accepted(con, path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(HEADERS, min_size=1, max_size=6, unique=True))
@example(["__ce_file"])
def test_the_same_holds_for_parquet(headers: list[str]) -> None:
    columns = [pa.array(values) for values in ([1, None], [1.5, float("nan")], ["IRQ", "x"], [True, False])]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        path = Path(folder) / "mine.parquet"
        pq.write_table(pa.table([columns[i % 4] for i in range(len(headers))], names=headers), path)
        _accepted(con, path)


def _accepted(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        text = propose(path)
    except (BadDataError, UsageError) as error:
        # what no command can read is refused in words, and only that
        if "not a readable" in str(error) or "reserved" in str(error):
            return
        raise
    assert text == propose(path)
    said = path.with_name("mapping.toml")
    said.write_text(text, encoding="utf-8", newline="\n")
    for part in mapped.parts(con, path, load(said)):
        con.sql(part.sql).fetchall()
        assert part.types.keys() <= set(schema.table("events").names), "every column of the file has its place"
        assert part.absent.isdisjoint(part.types)


def test_the_known_names_name_columns_and_codes_that_there_are() -> None:
    tables = _tables()
    assert tables["events"].keys() <= set(schema.table("events").names)
    assert set(country_names().values()) | set(alpha_2().values()) <= set(codes("country"))
    assert len(alpha_2()) == 250
    own = {plain(name) for name in schema.table("events").names}
    taken: dict[str, str] = {}
    for ours in schema.table("events").names:
        for name in known_names("events", ours)[1:]:
            assert name not in own, f"{name} is a column of ours"
            assert taken.setdefault(name, ours) == ours, f"{name} is {ours} and {taken[name]}"


def test_words_that_could_mean_two_codes_are_not_known() -> None:
    country = words(schema.table("events").column("country"))
    assert country["syrianarabrepublic"] == "SYR"
    assert "congo" not in country


def test_formats_have_the_shape_of_what_they_read() -> None:
    assert shape_of("%d/%m/%Y %H:%M:%S") == "9/9/9 9:9:9"
    assert shape_of("%Y%m%d") == "9"
    assert swap("%d-%b-%y") == "%d-%b-%y"
    assert swap("%d/%m/%Y %H:%M") == "%m/%d/%Y %H:%M"


def test_the_command_writes_the_proposal_once_and_says_what_comes_next(tmp_path: Path) -> None:
    source, target = tmp_path / "mine.csv", tmp_path / "mapping.toml"
    source.write_text("id,country\n1,IRQ\n", encoding="utf-8")
    run = CliRunner().invoke
    printed = run(command, [str(source), "--infer"])
    assert tomllib.loads(printed.stdout)["columns"] == {"event_id": "id", "country": "country"}
    assert printed.stderr == f"next: conflict-events validate {source} --infer -o mapping.toml\n"
    written = run(command, [str(source), "--infer", "-o", str(target)])
    assert written.stdout == ""
    assert written.stderr.endswith(f"conflict-events validate {source} --mapping {target}\n")
    assert target.read_text(encoding="utf-8") == printed.stdout
    assert "is there already" in str(run(command, [str(source), "--infer", "-o", str(target)]).exception)
    assert run(command, [str(source), "--mapping", str(target)]).exit_code == 0
