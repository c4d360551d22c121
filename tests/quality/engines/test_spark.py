"""Spark finds what DuckDB finds: in files, row for row; in a frame of its own, key for key."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.quality import Result
from conflict_events.quality.engines import spark_session
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD, ONE_ROW, POINT, TWO_ROWS, UCDP, D, broken_row

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TABLES = ("events", "reports", "places", "event_actors", "sources", "publishers", "actors")
INFINITE, NAN = float("inf"), float("nan")
ODD: list[dict[str, Any]] = [
    {"event_id": "first day", "date_start": date(1, 1, 1), "date_end": date(1, 1, 1)},
    {"event_id": "no such day once", "date_start": date(1582, 10, 10), "date_end": date(1582, 10, 11)},
    {"event_id": "last day", "date_start": date(9999, 12, 31), "date_end": date(9999, 12, 31)},
    {"event_id": "ends", "date_start": date(1, 1, 1), "date_end": date(9999, 12, 31), "date_precision": 4},
    {"event_id": "reversed", "date_start": date(1582, 10, 15), "date_end": date(1582, 10, 4)},
    {**POINT, "event_id": "infinite", "latitude": INFINITE, "longitude": -INFINITE},
    {"event_id": "line\nbreak\x00\x1f\x7f", "country": "IRQ\n"},
    {"event_id": "é🙂" * 60, "country": "é🙂"},
    {"event_id": "", "origin": "", "country": ""},
    {"event_id": "most", "deaths_side_a": 2**31 - 1, "deaths_side_b": 2**31 - 1, "deaths_best": 2**31 - 1},
    {**UCDP, "deaths_side_a": 2**31 - 1, "deaths_side_b": 1, "deaths_civilians": 0, "deaths_unknown": 0},
    {"event_id": "items", "derived": ["country", "country", "", "nothing", None]},
    {"event_id": "no items", "derived": []},
]


def rows(table: str) -> list[dict[str, Any]]:
    """For each rule of the table a row that breaks it, a good one, and one of nulls."""
    broken = [broken_row(rule) for rule in ONE_ROW if rule.table == table and rule.id != "CE121"]
    return [*broken, GOOD[table], GOOD[table], dict.fromkeys(schema.table(table).names)]


def arrow(table: str, of: list[dict[str, Any]]) -> pa.Table:
    """The rows as Arrow, any of them null."""
    made = to_table(table, of)
    return made.cast(pa.schema([field.with_nullable(True) for field in made.schema], made.schema.metadata))


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    events = [*rows("events"), *({**GOOD["events"], **odd} for odd in ODD)]
    events += [{**GOOD["events"], **change} for changes in TWO_ROWS.values() for change in changes]
    return {name: arrow(name, events if name == "events" else rows(name)) for name in TABLES}


def assert_same(spark: Result, duckdb: Result) -> None:
    """All fields are the same, but for the engine and its time."""
    assert spark.counts == duckdb.counts
    assert spark.failures.to_pylist() == duckdb.failures.to_pylist()
    assert spark.failures.schema == duckdb.failures.schema
    assert (spark.not_run, spark.checked, spark.ok) == (duckdb.not_run, duckdb.checked, duckdb.ok)


def known(result: Result) -> Counter[tuple[str, str, str]]:
    """The failures by what a frame without an order can say of them."""
    return Counter((f["rule_id"], f["key"], f["message"]) for f in result.failures.to_pylist())


def in_order(rows: pa.Table) -> list[str]:
    """The rows in an order of their own."""
    return sorted(map(repr, rows.to_pylist()))


def test_files_have_the_failures_that_duckdb_finds(
    spark: SparkSession, tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    assert spark is not None
    for name in ("events", "reports"):
        pq.write_table(tables[name], tmp_path / f"{name}.parquet")
    # of another set of columns and types; of names that Spark would pass over or expand; no Parquet at all
    some = tables["events"].slice(0, 40)
    wider = some.schema.get_field_index("deaths_best")
    other = some.drop_columns(["country", "deaths_low"]).append_column("extra", pa.nulls(40, pa.string()))
    pq.write_table(other, tmp_path / "events [b] 100%25 é.parquet")
    pq.write_table(some, tmp_path / "_events.parquet")
    folder = tmp_path / "country=SYR"
    folder.mkdir()
    pq.write_table(some.set_column(wider, "deaths_best", some["deaths_best"].cast(pa.int64())), folder / "e.parquet")
    pq.write_table(some.append_column("EVENT_ID", some["event_id"]), folder / "f.parquet")
    flat = pa.table(
        {
            n: c.cast(pa.string())
            for n, c in zip(some.column_names, some.columns, strict=True)
            if not pa.types.is_nested(c.type) and not pa.types.is_binary(c.type)
        }
    )
    pc.write_csv(flat, tmp_path / "events_c.csv")
    given = [tmp_path, folder]
    assert_same(ce.validate(given, suite="release", engine="spark"), ce.validate(given, suite="release"))


@pytest.mark.parametrize("ansi", ["true", "false"])
def test_frames_of_spark_have_the_failures_that_duckdb_finds(
    spark: SparkSession, tables: dict[str, pa.Table], ansi: str
) -> None:
    spark.conf.set("spark.sql.ansi.enabled", ansi)
    # two that point at each other; tests/conformance has all tables in Spark
    tables = {name: tables[name] for name in ("events", "reports")}
    given = {name: spark.createDataFrame(table).repartition(3) for name, table in tables.items()}
    settings = dict(spark.conf.getAll)
    found, told = ce.validate(given, suite="release"), ce.validate(tables, suite="release")
    assert found.engine == "spark"
    assert (found.counts, known(found), found.rows) == (told.counts, known(told), told.rows)
    assert [n.rule_id for n in found.not_run] == [n.rule_id for n in told.not_run]
    assert {f["row"] for f in found.failures.to_pylist()} == {None}
    assert dict(spark.conf.getAll) == settings
    for mine, theirs in zip(found.split("events"), told.split("events"), strict=True):
        assert in_order(mine) == in_order(theirs)
        assert mine.schema == theirs.schema
    mine, theirs = (one.where({"latitude": "DOUBLE", "country": "VARCHAR"}) for one in (found, told))
    assert in_order(mine.drop_columns(["file", "row"])) == in_order(theirs.drop_columns(["file", "row"]))
    assert mine["row"].null_count == len(mine)


def test_frames_of_other_libraries_are_handed_over(spark: SparkSession, tables: dict[str, pa.Table]) -> None:
    assert spark is not None
    nan = arrow("events", [{**GOOD["events"], **POINT, "longitude": NAN, "confidence": NAN}])
    given = {"events": pa.concat_tables([tables["events"], nan]), "reports": tables["reports"]}
    assert_same(ce.validate(given, engine="spark"), ce.validate(given))


def test_a_frame_of_spark_and_a_file_are_checked_together(
    spark: SparkSession, tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    pq.write_table(tables["events"], tmp_path / "e.parquet")
    found = ce.validate({"reports": spark.createDataFrame(tables["reports"]), "events": tmp_path / "e.parquet"})
    told = ce.validate({"reports": tables["reports"], "events": tmp_path / "e.parquet"})
    assert (found.engine, found.counts, known(found)) == ("spark", told.counts, known(told))
    assert found.failures.filter(pa.compute.is_valid(found.failures["row"])).num_rows > 100


def test_columns_that_are_missing_extra_or_mistyped_are_told(spark: SparkSession) -> None:
    frame = spark.createDataFrame(
        [("e1", "x", "2017-05-15", 1.5, None)],
        "event_id string, `a.b` string, date_start string, `deaths best` double, place_id void",
    )
    given = spark.createDataFrame(arrow("events", [GOOD["events"]])).drop("date_start", "country", "place_id")
    frame = given.join(frame.drop("event_id")).withColumnRenamed("admin2", "Admin2")
    found, told = ce.validate(frame, "events"), ce.validate(frame.toArrow(), "events")
    assert (found.counts, known(found)) == (told.counts, known(told))
    assert {"CE001", "CE002", "CE003"} <= {f["rule_id"] for f in found.failures.to_pylist()}
    assert [(n.rule_id, n.reason) for n in found.not_run] == [(n.rule_id, n.reason) for n in told.not_run]
    assert found.bad.column_names == told.bad.column_names


def test_columns_whose_names_differ_in_case_alone_are_told_apart(spark: SparkSession) -> None:
    spark.conf.set("spark.sql.caseSensitive", "true")
    try:
        rows = arrow("events", [GOOD["events"]])
        frame = spark.createDataFrame(rows.append_column("EVENT_ID", pa.array(["another"])))
    finally:
        spark.conf.unset("spark.sql.caseSensitive")
    found = ce.validate(frame)
    assert found.ok
    assert found.good["event_id"].to_pylist() == ["e1"]


def test_narrow_and_wide_types_are_those_that_files_may_have(spark: SparkSession) -> None:
    good = {**GOOD["events"], "deaths_best": 3, "confidence": 0.5}
    rows = spark.createDataFrame(arrow("events", [good, {**good, "event_id": "E1"}]))
    frame = rows.selectExpr(
        "* except (deaths_best, date_precision, confidence, n_reports, event_id, admin1)",
        "cast(deaths_best as bigint) deaths_best",
        "cast(date_precision as smallint) date_precision",
        "cast(confidence as double) confidence",
        "cast(n_reports as tinyint) n_reports",
        "event_id collate UTF8_LCASE event_id",
        "cast(null as void) admin1",
    )
    assert not ce.validate(frame).failures.num_rows  # a collation that takes e1 and E1 for one is not ours


@pytest.mark.parametrize("form", ["frame", "file"])
def test_a_table_of_no_rows_breaks_nothing(spark: SparkSession, tmp_path: Path, form: str) -> None:
    empty = arrow("events", [])
    pq.write_table(empty, tmp_path / "events.parquet")
    given: Any = spark.createDataFrame(empty, spark.createDataFrame(arrow("events", [GOOD["events"]])).schema)
    result = ce.validate(given if form == "frame" else tmp_path / "events.parquet", engine="spark")
    assert (result.ok, result.rows, result.failures.num_rows) == (True, 0, 0)
    assert (result.good.num_rows, result.bad.num_rows) == (0, 0)


def test_what_spark_keeps_is_given_up_with_the_result(spark: SparkSession) -> None:
    def kept() -> int:
        return int(spark.sparkContext._jsc.getPersistentRDDs().size())

    gc.collect()
    before = kept()
    result = ce.validate(spark.createDataFrame(arrow("publishers", rows("publishers"))))
    assert result.bad.num_rows
    assert kept() == before + 1
    del result
    gc.collect()
    assert kept() == before


def test_a_frame_that_fails_while_it_is_read_is_bad_data(spark: SparkSession) -> None:
    rows = spark.createDataFrame(arrow("publishers", [GOOD["publishers"]]))
    failing = rows.selectExpr("* except (name)", "string(raise_error('no such number')) as name")
    with pytest.raises(BadDataError, match="no such number"):
        ce.validate(failing)


def test_a_wrong_call_says_what_to_do(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = spark.createDataFrame([("p1", "P", "agency")], "publisher_id string, name string, kind string")
    with pytest.raises(UsageError, match="use engine spark"):
        ce.validate(frame, engine="duckdb")
    with pytest.raises(BadDataError, match="two columns named name"):
        ce.validate(frame.select("*", "name"))
    with pytest.raises(UsageError, match="is a stream"):
        ce.validate(spark.readStream.format("rate").load(), "events")
    with pytest.raises(UsageError, match=r"give a pyspark.sql.DataFrame"):
        ce.validate(frame.groupBy("name"), "publishers")
    monkeypatch.setattr(spark_session, "has_java", lambda: False)
    with pytest.raises(UsageError, match="Java 17"):
        spark_session._built()


def test_a_session_of_our_own_says_nothing(spark: SparkSession, tmp_path: Path) -> None:
    assert spark is not None
    pq.write_table(arrow("publishers", [GOOD["publishers"]]), tmp_path / "publishers.parquet")
    code = "import conflict_events as ce; print(ce.validate('publishers.parquet', engine='spark').ok)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("True\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["publishers.parquet"]


def test_the_days_at_the_ends_of_time_are_read_as_they_are(spark: SparkSession, tmp_path: Path) -> None:
    days = [date(1, 1, 1), date(1582, 10, 4), date(1582, 10, 15), date(9999, 12, 31), D]
    rows = arrow("events", [{**GOOD["events"], "event_id": str(d), "date_start": d, "date_end": d} for d in days])
    pq.write_table(rows, tmp_path / "events.parquet")
    told = ce.validate(tmp_path)
    assert_same(ce.validate(tmp_path, engine="spark"), told)
    assert known(ce.validate(spark.createDataFrame(rows))) == known(told)
