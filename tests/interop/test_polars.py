"""polars: scanned, edited, written back."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from tests.interop.judged import failed


def test_a_scan_has_the_declared_types(file: Path) -> None:
    types = pl.scan_parquet(file).collect_schema()
    assert types["deaths_best"] == pl.Int32
    assert types["date_start"] == pl.Date
    assert types["derived"] == pl.List(pl.String)
    assert types["geometry"] == pl.Binary
    assert types["bbox"] == pl.Struct(dict.fromkeys(("xmin", "ymin", "xmax", "ymax"), pl.Float64))


def test_a_sum_over_nothing_known_is_zero_unlike_sql() -> None:
    unknown = pl.scan_parquet(ce.path("events")).filter(pl.col("deaths_best").is_null())
    assert unknown.select(pl.col("deaths_best").sum()).collect().item() == 0
    assert ce.sql("SELECT sum(deaths_best) FROM events WHERE deaths_best IS NULL").fetchall() == [(None,)]


@pytest.mark.parametrize("table", [t.name for t in ce.schema.TABLES])
def test_every_table_opens_with_all_its_rows(table: str) -> None:
    assert pl.read_parquet(ce.path(table)).height == ce.load(table).num_rows
    assert pl.DataFrame(pl.from_arrow(ce.load(table))).height == ce.load(table).num_rows


def test_eager_and_lazy_frames_are_judged_as_their_file_is(file: Path) -> None:
    assert failed(pl.read_parquet(file)) == failed(file)
    assert failed(pl.scan_parquet(file)) == failed(file)


def test_a_frame_written_back_is_judged_and_counted_as_its_file_was(file: Path, tmp_path: Path) -> None:
    pl.read_parquet(file).write_parquet(tmp_path / "mine.parquet")
    assert pq.read_schema(tmp_path / "mine.parquet").field("event_id").type == pa.large_string()
    assert failed(tmp_path / "mine.parquet") == failed(file)
    query = "FROM country_month()"
    assert ce.sql(query, tmp_path / "mine.parquet").fetchall() == ce.sql(query, file).fetchall()


def test_categories_and_enums_are_texts(file: Path, tmp_path: Path) -> None:
    plain = pl.read_parquet(file)
    frame = plain.with_columns(
        pl.col("country").cast(pl.Categorical),
        pl.col("coder").cast(pl.Enum(plain["coder"].unique().sort())),
    )
    assert failed(frame) == failed(file)
    frame.write_parquet(tmp_path / "mine.parquet")
    assert failed(tmp_path / "mine.parquet") == failed(file)
    query = "FROM country_month()"
    assert ce.sql(query, tmp_path / "mine.parquet").fetchall() == ce.sql(query, file).fetchall()


def test_a_value_that_an_edit_broke_is_found_in_its_row() -> None:
    frame = pl.read_parquet(ce.path("events"))
    frame[3, "deaths_best"] = -1
    assert (3, "CE129") in {(f["row"], f["rule_id"]) for f in ce.validate(frame).failures.to_pylist()}


def test_a_file_of_polars_beside_shipped_reports_answers_the_macros(tmp_path: Path) -> None:
    pl.read_parquet(ce.path("events")).write_parquet(tmp_path / "events.parquet")
    mine = [tmp_path / "events.parquet", *(ce.path(t) for t in ("reports", "casualties", "sources", "publishers"))]
    query = "FROM evidence('ce-000005')"
    assert ce.sql(query, mine).fetchall() == ce.sql(query).fetchall() != []
