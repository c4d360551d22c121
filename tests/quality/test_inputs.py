"""Whatever the user has can be checked, and what cannot be read is refused in one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.targets.arrow import arrow_schema, to_table


@pytest.fixture
def rows(event: dict[str, Any]) -> list[dict[str, Any]]:
    """One good row, one with low above best, one with an unknown country."""
    return [
        event,
        {**event, "event_id": "e2", "deaths_low": 2, "deaths_best": 1},
        {**event, "event_id": "e3", "country": "IRK"},
    ]


@pytest.fixture
def table(rows: list[dict[str, Any]]) -> pa.Table:
    return to_table("events", rows)


@pytest.fixture
def file(table: pa.Table, tmp_path: Path) -> Path:
    path = tmp_path / "events.parquet"
    pq.write_table(table, path)
    return path


def broken(result: ce.quality.Result) -> set[tuple[str, int]]:
    return {(f["rule_id"], f["row"]) for f in result.failures.to_pylist()}


EXPECTED = {("CE210", 1), ("CE119", 2)}


def test_a_parquet_file(file: Path) -> None:
    result = ce.validate(file)
    assert broken(result) == EXPECTED
    assert not result.ok
    assert result.rows == 3
    assert {f["file"] for f in result.failures.to_pylist()} == {str(file)}
    assert {f["key"] for f in result.failures.to_pylist()} == {"e2", "e3"}


@pytest.mark.parametrize("kind", ["arrow", "reader", "pandas", "pandas arrow", "polars", "polars lazy", "relation"])
def test_every_kind_of_frame_gives_the_same_failures(kind: str, table: pa.Table) -> None:
    con = duckdb.connect()
    con.register("t", table)
    import pandas as pd

    frames: dict[str, Callable[[], Any]] = {
        "arrow": lambda: table,
        "reader": lambda: table.to_reader(),
        "pandas": lambda: table.to_pandas(),
        "pandas arrow": lambda: table.to_pandas(types_mapper=pd.ArrowDtype),
        "polars": lambda: pl.from_arrow(table),
        "polars lazy": lambda: pl.DataFrame(pl.from_arrow(table)).lazy(),
        "relation": lambda: con.sql("FROM t"),
    }
    assert broken(ce.validate(frames[kind]())) == EXPECTED


def test_files_of_one_table_are_checked_together_and_rows_counted_in_their_own_file(
    table: pa.Table, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        pq.write_table(table, tmp_path / f"{name}.parquet")
    result = ce.validate(str(tmp_path / "*.parquet"))
    assert result.counts["CE210"] == 2
    assert result.counts["CE251"] == 6, "an id in two files is a duplicate"
    places = {(f["file"], f["row"]) for f in result.failures.to_pylist() if f["rule_id"] == "CE210"}
    assert places == {(str(tmp_path / "a.parquet"), 1), (str(tmp_path / "b.parquet"), 1)}


def test_a_file_named_twice_is_checked_once(file: Path) -> None:
    assert ce.validate([file, file]).counts["CE251"] == 0


def test_file_names_with_pattern_characters_are_read_as_they_are(table: pa.Table, tmp_path: Path) -> None:
    odd = tmp_path / "it's [1] *.parquet"
    pq.write_table(table, odd)
    result = ce.validate(odd)
    assert broken(result) == EXPECTED


def test_a_csv_is_checked_and_a_value_that_cannot_be_cast_is_a_failure(tmp_path: Path, event: dict[str, Any]) -> None:
    columns = [c for c in schema.table("events").names if c not in ("geometry", "bbox", "derived")]
    good = {**dict.fromkeys(columns, ""), **{k: str(v) for k, v in event.items()}}
    bad = {**good, "event_id": "e2", "deaths_best": "dozens"}
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([",".join(columns), ",".join(good.values()), ",".join(bad.values())]), encoding="utf-8")
    result = ce.validate(path)
    assert ("CE004", 1) in broken(result)
    assert result.counts["CE001"] == 3, "the three columns that a CSV cannot hold"


def test_missing_extra_and_mistyped_columns_are_named_and_their_rules_reported_as_not_run(
    table: pa.Table, tmp_path: Path
) -> None:
    columns = {n: table[n] for n in table.column_names if n != "deaths_high"}
    columns["deaths_best"] = pa.array(["1", "2", "3"])
    columns["mine"] = pa.array([1, 2, 3])
    path = tmp_path / "events.parquet"
    pq.write_table(pa.table(columns), path)
    result = ce.validate(path)
    messages = {f["rule_id"]: f["message"] for f in result.failures.to_pylist() if f["row"] is None}
    assert "deaths_high" in messages["CE001"]
    assert "mine" in messages["CE002"]
    assert "deaths_best of table events is VARCHAR" in messages["CE003"]
    assert {"CE210", "CE211", "CE212"} <= {n.rule_id for n in result.not_run}
    assert "CE210" not in result.counts
    assert result.counts["CE119"] == 1, "the other rules still run"


def test_column_order_and_wider_physical_types_do_not_matter(table: pa.Table) -> None:
    wide = {}
    for field in reversed(arrow_schema("events")):
        column = table[field.name]
        if pa.types.is_integer(field.type):
            column = column.cast(pa.int64())
        elif pa.types.is_string(field.type):
            column = column.cast(pa.large_string()).dictionary_encode()
        wide[field.name] = column
    result = ce.validate(pa.table(wide))
    assert result.counts["CE003"] == 0
    assert broken(result) == EXPECTED


def test_a_newer_schema_version_is_refused(table: pa.Table, tmp_path: Path) -> None:
    newer = table.replace_schema_metadata({**table.schema.metadata, b"conflict_events.schema_version": b"2.0.0"})
    pq.write_table(newer, tmp_path / "new.parquet")
    with pytest.raises(
        UsageError, match=rf"is schema 2\.0\.0; this package knows {re.escape(ce.schema.VERSION)}: upgrade"
    ):
        ce.validate(tmp_path / "new.parquet")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not parquet at all" * 100, b"PAR1" + b"\x00" * 100 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_bad_data_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.parquet"
    path.write_bytes(content)
    with pytest.raises(BadDataError) as caught:
        ce.validate(path)
    assert "bad.parquet" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_truncated_parquet_file_is_bad_data(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(BadDataError, match="not a readable Parquet file"):
        ce.validate(file)


def test_a_table_that_cannot_be_told_is_asked_for(tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": [1]}), tmp_path / "x.parquet")
    with pytest.raises(UsageError, match="--table"):
        ce.validate(tmp_path / "x.parquet")


def test_a_table_without_metadata_is_known_by_its_columns(table: pa.Table, tmp_path: Path) -> None:
    pq.write_table(table.replace_schema_metadata(None), tmp_path / "x.parquet")
    assert ce.validate(tmp_path / "x.parquet").checked[0].table == "events"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ce.validate("no/such.parquet"), "no such file"),
        (lambda: ce.validate(pa.table({"event_id": ["1"]}), table="evnts"), "no table 'evnts'"),
        (lambda: ce.validate("x", suite="all"), "no suite 'all'|no such file"),
        (lambda: ce.validate("x", engine="spork"), "no engine 'spork'"),
        (lambda: ce.validate(42), "cannot validate a builtins.int"),
        (lambda: ce.validate(to_table("events", []), memory_limit="much"), "no amount of memory"),
    ],
)
def test_a_wrong_call_says_how_to_mend_it(call: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        call()


def test_an_empty_table_is_good() -> None:
    result = ce.validate(to_table("events", []))
    assert result.ok
    assert result.rows == 0


def test_a_folder_named_like_a_partition_is_a_folder(table: pa.Table, tmp_path: Path) -> None:
    folder = tmp_path / "country=SYR" / "origin=acled"
    folder.mkdir(parents=True)
    pq.write_table(table, folder / "events.parquet")
    assert broken(ce.validate(folder / "events.parquet")) == EXPECTED
    (origins,) = ce.sql("SELECT list(DISTINCT origin) FROM events", source=folder).fetchall()
    assert origins == (["article"],)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("deaths_best", "2.5"),
        ("deaths_best", "0x1F"),
        ("deaths_best", "1_000"),
        ("date_start", "2017-05-15 23:10:00"),
        ("date_start", "epoch"),
        ("date_start", "2017/05/15"),
        ("reviewed", "yes"),
        ("latitude", "36,3"),
    ],
)
def test_a_csv_value_is_never_rounded_or_read_kindly(
    column: str, value: str, tmp_path: Path, event: dict[str, Any]
) -> None:
    row = {k: str(v) for k, v in event.items()} | {column: f'"{value}"'}
    path = tmp_path / "mine.csv"
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    failures = ce.validate(path, table="events").failures.to_pylist()
    assert [f["message"] for f in failures if f["rule_id"] == "CE004"] == [
        f"{column} '{value}' is no {schema.table('events').column(column).type.value}"
    ]


@pytest.mark.parametrize(("value", "column"), [("2.0", "deaths_best"), ("2017-05-15 00:00:00", "date_start")])
def test_a_csv_value_that_spreadsheets_write_is_read(
    value: str, column: str, tmp_path: Path, event: dict[str, Any]
) -> None:
    row = {k: str(v) for k, v in event.items()} | {column: value}
    path = tmp_path / "mine.csv"
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    assert ce.validate(path, table="events").counts["CE004"] == 0


@pytest.mark.parametrize("name", ["__ce_row", "__ce_file"])
def test_a_column_with_a_reserved_name_is_refused(table: pa.Table, name: str) -> None:
    with pytest.raises(UsageError, match="reserved"):
        ce.validate(table.append_column(name, pa.array([7, 7, 7])))


def test_a_column_named_as_duckdb_names_positions_does_not_move_rows(table: pa.Table, tmp_path: Path) -> None:
    pq.write_table(table.append_column("file_row_number", pa.array([7, 7, 7])), tmp_path / "events.parquet")
    assert broken(ce.validate(tmp_path / "events.parquet")) >= EXPECTED


def test_rows_of_a_file_that_changed_since_are_not_given(file: Path, event: dict[str, Any]) -> None:
    result = ce.validate(file)
    pq.write_table(to_table("events", [event]), file)
    with pytest.raises(BadDataError, match="changed since it was read"):
        _ = result.good


def test_a_bad_row_of_one_table_makes_no_row_of_another_bad(event: dict[str, Any]) -> None:
    actor = {"actor_id": "a", "name": "A", "aliases": [], "actor_type": "x"}
    result = ce.validate({"events": to_table("events", [event]), "actors": to_table("actors", [actor])})
    assert result.split("events")[1].num_rows == 0
    assert result.split("actors")[1].num_rows == 1


@pytest.mark.parametrize("nothing", [[], {}, ()])
def test_nothing_at_all_is_no_good_data(nothing: Any) -> None:
    with pytest.raises(UsageError, match="nothing to validate"):
        ce.validate(nothing)


def test_a_link_to_nothing_is_not_passed_over(file: Path) -> None:
    (file.parent / "reports.parquet").symlink_to(file.parent / "gone.parquet")
    for given in (file.parent, [file, file.parent / "reports.parquet"], str(file.parent / "*.parquet")):
        with pytest.raises(UsageError, match="a link to nothing"):
            ce.validate(given)


def test_days_at_the_end_of_time_and_counts_beyond_sense_are_failures_and_no_fault(table: pa.Table) -> None:
    far = pa.array([2**31 - 2, -(2**31) + 2, 106751991], pa.int32()).cast(pa.date32())
    columns = {name: table[name] for name in table.column_names}
    columns |= {"date_start": far, "date_end": far, "deaths_best": pa.array([2**62] * 3)}
    result = ce.validate(pa.table(columns))
    assert result.counts["CE236"] == 3


def test_a_column_without_any_value_has_no_wrong_type(event: dict[str, Any]) -> None:
    import pandas as pd

    casualties = pd.DataFrame(
        {"report_id": ["r"], "side": ["a"], "harm": ["killed"], "low": [None], "best": [None], "high": [None]}
    ).assign(count_text=float("nan"))
    assert ce.validate(casualties).ok
    frame = pl.DataFrame([{**dict.fromkeys(schema.table("events").names), **event}])
    assert ce.validate(frame).counts["CE003"] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("event_id,country\ne1,IRQ\ne2\ne3,IRQ\n", "line 3: 1 values where the header has 2"),
        ("event_id,country\ne1,IRQ\ne2,IRQ,x\n", "line 3: 3 values where the header has 2"),
        ('event_id,country\ne1,"IRQ\n', "line 2: a quote is opened and never closed"),
    ],
)
def test_a_line_that_does_not_fit_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadDataError, match=said):
        ce.validate(path, table="events")


def test_text_that_is_not_utf_8_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"event_id,country\ne1,Ir\xe9\n")
    with pytest.raises(BadDataError, match="it is not UTF-8: save it as UTF-8"):
        ce.validate(path, table="events")


def test_a_value_that_does_not_read_is_known_by_its_rows_key(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("event_id;deaths_best\ne1;2\ne2;two\n", encoding="utf-8")
    failures = ce.validate(path, table="events").failures.to_pylist()
    assert [f["key"] for f in failures if f["rule_id"] == "CE004"] == ["e2"]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(b"\x1f\x8b")
    with pytest.raises(UsageError, match=r"only .parquet, .csv and .tsv files"):
        ce.validate(path, table="events")
