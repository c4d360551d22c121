"""Whatever is in a file, each row is converted, set aside with its line and column, or merged; the rest goes on."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.converters import Conversion, output
from conflict_events.converters.formats import dataset
from conflict_events.errors import BadDataError, UsageError
from tests.converters.ucdp_rows import NEWEST, row, text

GED = dataset("ucdp_ged")


def convert(folder: Path, content: str | bytes, name: str = "ged.csv", **options: Any) -> Conversion:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    conversion = ce.convert(path, "ucdp_ged", **options)
    assert conversion.loss.adds_up
    return conversion


def ids(conversion: Conversion) -> list[str]:
    found: list[str] = conversion.tables["events"]["origin_id"].to_pylist()
    return found


def aside(conversion: Conversion) -> list[tuple[int | None, str]]:
    return [(one.line, one.reason) for one in conversion.loss.set_aside]


def test_a_cell_that_is_no_value_sets_its_row_aside_by_line_and_column(tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, best="many"),
        row(3, latitude="7,70"),
        row(4, date_start="31/31/2005"),
        row("", best=3),
        row(6),
    ]
    conversion = convert(tmp_path, text(rows))
    assert ids(conversion) == ["1", "6"]
    # each row has a line end in a cell, so the second row starts on line 4
    assert aside(conversion) == [
        (4, "column 'best': 'many' is no whole number within 32 bits"),
        (6, "column 'latitude': '7,70' is no number"),
        (8, "column 'date_start': '31/31/2005' is no day that can be read one way only"),
        (10, "column 'id': empty"),
    ]
    deaths = {d.column: (d.before, d.set_aside, d.after) for d in conversion.loss.deaths}
    assert deaths["best"] == (15, 9, 6)


def test_ragged_rows_are_named_and_the_others_converted(tmp_path: Path) -> None:
    lines = text([row(1, source_original=""), row(2, source_original=""), row(3, source_original="")]).splitlines(
        keepends=True
    )
    lines[2] = lines[2].rsplit(",", 3)[0] + "\n"
    conversion = convert(tmp_path, "".join(lines))
    assert ids(conversion) == ["1", "3"]
    [(line, reason)] = aside(conversion)
    assert line == 3
    assert "46 cells where the header has 49" in reason


def test_a_truncated_last_record_is_named(tmp_path: Path) -> None:
    whole = text([row(1), row(2)])
    conversion = convert(tmp_path, whole[: whole.rindex("Exampletown")])
    assert ids(conversion) == ["1"]
    assert [line for line, _ in aside(conversion)] == [4]
    assert "cut off" in aside(conversion)[0][1]


def test_the_order_of_numeric_days_is_the_files(tmp_path: Path) -> None:
    day_first = [
        row(1, date_start="05/03/2005", date_end="05/03/2005"),
        row(2, date_start="04/03/2005", date_end="13/03/2005"),
    ]
    conversion = convert(tmp_path, text(day_first))
    assert conversion.tables["events"]["date_start"].to_pylist() == [date(2005, 3, 5), date(2005, 3, 4)]
    assert "day first" in str(conversion.loss.sheets[0].date_order)


def test_the_order_is_asked_of_the_whole_file_and_not_of_its_first_block(tmp_path: Path) -> None:
    rows = [row(i, date_start="03/05/2005", date_end="03/05/2005") for i in range(1, 6000)]
    rows.append(row(6000, date_start="13/05/2005", date_end="13/05/2005"))
    path = tmp_path / "ged.csv"
    path.write_text(text(rows))
    output.convert_into([path], GED, tmp_path / "out.parquet", memory_limit="1MB")
    assert path.stat().st_size > 2 * output.block_bytes("1MB")
    assert set(pq.read_table(tmp_path / "out.parquet")["date_start"].to_pylist()) == {
        date(2005, 5, 3),
        date(2005, 5, 13),
    }


def test_where_a_file_mixes_both_orders_only_the_days_that_tell_are_read(tmp_path: Path) -> None:
    days = ["13/02/2005", "02/14/2005", "03/04/2005", "2005-06-01"]
    conversion = convert(tmp_path, text([row(i, date_start=d, date_end="2005-06-30") for i, d in enumerate(days, 1)]))
    assert conversion.tables["events"]["date_start"].to_pylist() == [
        date(2005, 2, 13),
        date(2005, 2, 14),
        date(2005, 6, 1),
    ]
    assert [reason for _, reason in aside(conversion)] == [
        "column 'date_start': '03/04/2005' is no day that can be read one way only"
    ]


def test_the_same_row_again_is_merged_and_another_row_of_its_id_is_named(tmp_path: Path) -> None:
    conversion = convert(tmp_path, text([row(1), row(2), row(1), row(2, best=5, high=5)]))
    assert ids(conversion) == ["1", "2", "2"]
    assert [(m.file, m.into, m.rows) for m in conversion.loss.merged] == [
        ("ged.csv", "rows of ged.csv that are the same in every column", 1)
    ]
    assert conversion.tables["event_actors"].num_rows == 4  # two sides an id, however many rows it has
    assert ce.validate(conversion.tables).counts["CE371"] == 0
    assert [n.message for n in conversion.loss.notes if n.code == "duplicate_ids"] == [
        "1 ids stand for rows that differ: ucdp_ged:2"
    ]
    assert ce.validate(conversion.tables["events"]).counts["CE251"] == 2


def test_merging_works_on_disk_and_across_files(tmp_path: Path) -> None:
    paths = []
    for name, rows in (("a.csv", [row(1), row(2)]), ("b.csv", [row(2), row(3)]), ("c.csv", [row(4)])):
        (tmp_path / name).write_text(text(rows))
        paths.append(tmp_path / name)
    loss = output.convert_into(paths, GED, tmp_path / "out.parquet")
    assert loss.adds_up
    assert pq.read_table(tmp_path / "out.parquet")["origin_id"].to_pylist() == ["1", "2", "3", "4"]
    assert [(s.file, s.first_row, s.rows_out) for s in loss.sheets] == [
        ("a.csv", 0, 2),
        ("b.csv", 2, 1),
        ("c.csv", 3, 1),
    ]
    geo = json.loads(pq.read_metadata(tmp_path / "out.parquet").metadata[b"geo"])
    assert geo["columns"]["geometry"]["bbox"] == [28.02, 7.7, 28.02, 7.7]


def test_ids_and_counts_from_a_spreadsheet_lose_their_fraction(tmp_path: Path) -> None:
    conversion = convert(tmp_path, text([row("15960.0", conflict_new_id="333.0", best="3.0")]))
    event = conversion.tables["events"].to_pylist()[0]
    assert (event["event_id"], event["conflict_id"], event["deaths_best"]) == ("ucdp_ged:15960", "ucdp:333", 3)


def test_a_header_in_another_language_is_no_guess(tmp_path: Path) -> None:
    spanish = [{"best": "mejor", "date_start": "fecha_inicio"}.get(name, name) for name in NEWEST]
    conversion = convert(tmp_path, text([row(1)], spanish))
    assert aside(conversion) == [(1, "not a header of UCDP GED: no column best, date_start")]
    path = tmp_path / "ged.csv"
    with pytest.raises(UsageError, match="say it with --source-format"):
        ce.convert(path)


def test_an_empty_file_is_named_and_the_others_are_converted(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "ged.csv").write_text(text([row(1)]))
    conversion = ce.convert([tmp_path / "empty.csv", tmp_path / "ged.csv"])
    assert conversion.loss.adds_up
    assert ids(conversion) == ["1"]
    assert [one.file for one in conversion.loss.set_aside] == ["empty.csv"] or "empty.csv" in conversion.loss.set_aside[
        0
    ].file


@pytest.mark.parametrize("how", ["zip", "gzip", "bom", "utf-16", "crlf"])
def test_the_same_rows_however_they_are_packed(how: str, tmp_path: Path) -> None:
    content = text([row(1, adm_1="Al Qaḍārif"), row(2)])
    plain = convert(tmp_path, content).tables["events"]
    name = "ged.csv"
    match how:
        case "zip":
            with zipfile.ZipFile(tmp_path / "ged.zip", "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr("GEDEvent.csv", content)
            name = "ged.zip"
            packed = (tmp_path / name).read_bytes()
        case "gzip":
            name, packed = "ged.csv.gz", gzip.compress(content.encode())
        case "bom":
            packed = content.encode("utf-8-sig")
        case "utf-16":
            packed = content.encode("utf-16")
        case _:
            packed = content.replace("\n", "\r\n").replace("army\r\n", "army\n").encode()
    assert convert(tmp_path, packed, name).tables["events"].equals(plain)


def test_strict_takes_any_loss_for_an_error_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(text([row(1), row(2, best="x")]))
    with pytest.raises(BadDataError, match=r"1 set aside \(.*ged\.csv line 4: column 'best'"):
        output.convert_into([path], GED, tmp_path / "out.parquet", strict=True)
    assert [p.name for p in tmp_path.iterdir()] == ["ged.csv"]


def test_where_nothing_is_converted_an_older_result_stays(tmp_path: Path) -> None:
    good, bad, out = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "out.parquet"
    good.write_text(text([row(1)]))
    bad.write_text("a,b\n1,2\n")
    output.convert_into([good], GED, out)
    before = out.read_bytes()
    loss = output.convert_into([bad], GED, out)
    assert loss.set_aside
    assert out.read_bytes() == before
    assert json.loads((tmp_path / "out.parquet.loss.json").read_text())["converted"] == 0


@pytest.mark.parametrize("limit", ["1KB", "64MB", "4 GiB"])
def test_the_result_does_not_depend_on_the_memory_taken(limit: str, tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(text([row(i, source_original="x" * 5000) for i in range(200)]))
    output.convert_into([path], GED, tmp_path / "a.parquet")
    output.convert_into([path], GED, tmp_path / "b.parquet", memory_limit=limit)
    assert pq.read_table(tmp_path / "a.parquet").equals(pq.read_table(tmp_path / "b.parquet"))


@pytest.mark.parametrize("limit", ["", "much", "0GB", "12"])
def test_an_amount_of_memory_is_written_with_its_unit(limit: str) -> None:
    with pytest.raises(UsageError, match="write it as 512MB"):
        output.block_bytes(limit)


def test_a_folder_gets_every_table_and_the_report_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(text([row(1), row(2)]))
    output.convert_into([path], GED, tmp_path / "out")
    result = ce.validate(tmp_path / "out", suite="upstream")
    assert result.ok, result.to_text()
    report = json.loads((tmp_path / "out.loss.json").read_text(encoding="utf-8"))
    assert report["adds_up"]
    assert report["rows_out"] == {"events": 2, "event_actors": 4, "actors": 2}
    assert pq.read_table(tmp_path / "out" / "actors.parquet")["name"].to_pylist() == [
        "Government of Sudan",
        "Example Front",
    ]


CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12),
    st.sampled_from(["", "1", "-1", "2.5", "nan", "2005-01-01", "05/06/2005", "99999999999", "NA", "'", '"', "\\"]),
)


@settings(max_examples=25)
@given(
    changes=st.lists(st.dictionaries(st.sampled_from(NEWEST), CELLS, max_size=6), min_size=1, max_size=5),
    cut=st.integers(0, 60),
)
def test_whatever_the_cells_hold_every_row_is_accounted_for(
    changes: list[dict[str, str]], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [row(i) | change for i, change in enumerate(changes, 1)]
    content = text(rows)
    conversion = convert(tmp_path_factory.mktemp("any"), content[: len(content) - cut])
    assert conversion.loss.units_in <= len(rows)
