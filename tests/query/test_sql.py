"""ce.sql(): a relation that lives by itself, and mistakes in one line."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import conflict_events as ce
from conflict_events.errors import UsageError


def test_the_result_outlives_the_call() -> None:
    relation = ce.sql("SELECT event_id FROM events ORDER BY 1")
    gc.collect()
    assert relation.fetchall() == [("e1",), ("e2",)]
    assert relation.to_arrow_table().num_rows == len(relation.df()) == relation.pl().height == 2


def test_own_files_are_a_source(write: Callable[..., Path]) -> None:
    assert ce.sql("SELECT count(*) FROM events", source=write("events", {}, {}, {})).fetchall() == [(3,)]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "SELECT contry FROM events",
            'Referenced column "contry" not found in FROM clause! Candidate bindings: "country"',
        ),
        ("SELECT * FROM evnts", 'Table with name evnts does not exist! Did you mean "events"?'),
        ("SELCT 1", 'syntax error at or near "SELCT"'),
        ("SELECT sum('a') FROM events", "Could not choose a best candidate function"),
        ("", "the query is empty"),
        ("-- nothing", "the query is empty"),
        ("FROM read_parquet('nowhere.parquet')", 'No files found that match the pattern "nowhere.parquet"'),
    ],
)
def test_wrong_sql_is_one_line_with_the_hint(query: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        ce.sql(query)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_the_original_error_is_kept() -> None:
    with pytest.raises(UsageError) as caught:
        ce.sql("FROM evnts")
    assert isinstance(caught.value.__cause__, duckdb.CatalogException)


def test_python_variables_are_not_tables() -> None:
    query = "FROM relation"
    with pytest.raises(UsageError, match="relation does not exist"):
        ce.sql(query)
    with pytest.raises(UsageError, match="source does not exist"):
        ce.sql("FROM source")


def test_two_results_may_be_open_at_once() -> None:
    one, two = ce.sql("FROM events"), ce.sql("FROM reports")
    assert next(iter(one.to_arrow_reader(1))).num_rows == 1
    assert len(two.fetchall()) == 3
