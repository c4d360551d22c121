"""ibis: on its polars backend; its DuckDB backend does not know DuckDB 2 yet."""

from __future__ import annotations

from pathlib import Path

import ibis
import pytest

import conflict_events as ce
from tests.interop.judged import failed


def test_an_expression_gives_what_sql_gives(file: Path) -> None:
    events = ibis.polars.connect().read_parquet(file)
    months = events.group_by(events.country, month=events.date_start.truncate("M"))
    counted = months.agg(n=events.count(), deaths=events.deaths_best.sum()).order_by("country", "month")
    ours = "SELECT country, date_trunc('month', date_start)::DATE, count(*), coalesce(sum(deaths_best), 0) FROM events"
    assert counted.to_polars().rows() == ce.sql(f"{ours} GROUP BY ALL ORDER BY ALL", file).fetchall()


def test_two_tables_join() -> None:
    con = ibis.polars.connect()
    events, reports = (con.read_parquet(ce.path(table), table_name=table) for table in ("events", "reports"))
    told = events.join(reports, "event_id").count().execute()
    assert told == ce.sql("SELECT count(*) FROM events JOIN reports USING (event_id)").fetchall()[0][0]


def test_a_result_is_judged_as_its_file_is_as_arrow_as_polars_and_as_a_file(file: Path, tmp_path: Path) -> None:
    events = ibis.polars.connect().read_parquet(file)
    assert failed(events.to_pyarrow()) == failed(file)
    assert failed(events.to_polars()) == failed(file)
    events.to_parquet(tmp_path / "mine.parquet")
    assert failed(tmp_path / "mine.parquet") == failed(file)


def test_the_duckdb_backend_calls_a_method_that_duckdb_2_does_not_have() -> None:
    """The page says so. When this fails, ibis has caught up: show `from_connection(ce.connect())` there."""
    with pytest.raises(AttributeError, match="fetch_arrow_table"):
        ibis.duckdb.from_connection(ce.connect()).list_tables()
