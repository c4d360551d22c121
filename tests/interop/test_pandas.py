"""pandas: what its frames keep, and what comes back from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from tests.interop.judged import failed


def arrow_typed(file: Path) -> pd.DataFrame:
    return pd.read_parquet(file, dtype_backend="pyarrow")


def test_counts_with_nulls_become_floats_in_a_plain_frame() -> None:
    table = ce.load("events")
    assert table.schema.field("deaths_best").type == pa.int32()
    assert table.to_pandas()["deaths_best"].dtype == "float64"
    assert table.to_pandas(types_mapper=pd.ArrowDtype)["deaths_best"].dtype == pd.ArrowDtype(pa.int32())


@pytest.mark.parametrize("backend", ["pyarrow", "numpy_nullable"])
def test_counts_with_nulls_stay_integers_in_a_frame_with_nullable_types(backend: str) -> None:
    frame = pd.read_parquet(ce.path("events"), dtype_backend=backend)  # type: ignore[call-overload]
    known = frame["deaths_best"].dropna()
    assert pd.api.types.is_integer_dtype(known.dtype)
    assert known.sum() == ce.sql("SELECT sum(deaths_best) FROM events").fetchall()[0][0]


def test_an_arrow_typed_frame_has_days_and_lists(file: Path) -> None:
    frame = arrow_typed(file)
    assert isinstance(frame["date_start"].iloc[0], date)
    assert frame["date_start"].dt.year.min() == min(d.year for d in pq.read_table(file)["date_start"].to_pylist())
    assert "side_a_type" in list(frame["derived"].iloc[0])


@pytest.mark.parametrize("mapper", [None, pd.ArrowDtype], ids=["plain", "arrow"])
def test_a_frame_is_judged_as_its_file_is(file: Path, mapper: type[pd.ArrowDtype] | None) -> None:
    assert failed(pq.read_table(file).to_pandas(types_mapper=mapper)) == failed(file)


def test_a_value_that_an_edit_broke_is_found_in_its_row() -> None:
    frame = ce.load("events").to_pandas(types_mapper=pd.ArrowDtype)
    frame.loc[3, "deaths_best"] = -1
    result = ce.validate(frame)
    assert not result.ok
    assert (3, "CE129") in {(f["row"], f["rule_id"]) for f in result.failures.to_pylist()}


def test_an_arrow_typed_frame_written_to_parquet_is_judged_and_counted_as_its_file_was(
    file: Path, tmp_path: Path
) -> None:
    arrow_typed(file).to_parquet(tmp_path / "mine.parquet", index=False)
    assert failed(tmp_path / "mine.parquet") == failed(file)
    query = "FROM country_month()"
    assert ce.sql(query, tmp_path / "mine.parquet").fetchall() == ce.sql(query, file).fetchall()


def test_a_plain_frame_written_to_parquet_is_refused_for_the_counts_that_became_floats(tmp_path: Path) -> None:
    ce.load("events").to_pandas().to_parquet(tmp_path / "mine.parquet", index=False)
    result = ce.validate(tmp_path / "mine.parquet")
    assert not result.ok
    said = [f["message"] for f in result.failures.to_pylist() if f["rule_id"] == "CE003"]
    assert "column deaths_best of table events is DOUBLE; it must be int32" in said


def test_a_filtered_frame_written_with_its_index_has_one_more_column_which_is_a_warning(tmp_path: Path) -> None:
    frame = arrow_typed(ce.path("events"))
    frame[frame["country"] == "SYR"].to_parquet(tmp_path / "mine.parquet")
    result = ce.validate(tmp_path / "mine.parquet")
    assert result.ok
    assert result.counts["CE002"] == 1
    frame[frame["country"] == "SYR"].to_parquet(tmp_path / "mine.parquet", index=False)
    assert ce.validate(tmp_path / "mine.parquet").counts["CE002"] == 0


@pytest.mark.parametrize("index", ["event_id", ["country", "event_id"]], ids=["one", "two"])
def test_columns_that_were_made_the_index_are_checked_as_columns(file: Path, index: str | list[str]) -> None:
    assert failed(arrow_typed(file).set_index(index)) == failed(file)


def test_an_index_that_is_a_column_too_changes_nothing(file: Path) -> None:
    assert failed(arrow_typed(file).set_index("event_id", drop=False)) == failed(file)


def test_categories_are_texts(file: Path, tmp_path: Path) -> None:
    frame = arrow_typed(file).astype({"country": "category", "side_a": "category"})
    assert failed(frame) == failed(file)
    frame.to_parquet(tmp_path / "mine.parquet", index=False)
    assert failed(tmp_path / "mine.parquet") == failed(file)
    query = "SELECT side_a, count(*) FROM events GROUP BY ALL ORDER BY ALL"
    assert ce.sql(query, tmp_path / "mine.parquet").fetchall() == ce.sql(query, file).fetchall()


def test_dates_that_became_timestamps_are_days_again(file: Path) -> None:
    frame = pq.read_table(file).to_pandas()
    frame["date_start"] = pd.to_datetime(frame["date_start"])
    assert failed(frame) == failed(file)


def test_a_query_gives_nullable_integers_and_days() -> None:
    frame = ce.sql("FROM events").df()
    assert frame["deaths_best"].dtype == "Int32"
    assert pd.api.types.is_datetime64_dtype(frame["date_start"])
    assert failed(frame) == failed(ce.path("events"))
