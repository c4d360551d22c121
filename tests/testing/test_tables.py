"""Rows, tables and data sets that keep every rule."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from conflict_events import schema, testing
from conflict_events.errors import UsageError
from conflict_events.targets.arrow import arrow_schema
from tests.testing.cases import QUICK, broken_rules

TABLES = [table.name for table in schema.TABLES]


@pytest.mark.parametrize("suite", schema.SUITES)
@pytest.mark.parametrize("table", TABLES)
def test_generated_tables_keep_every_rule_of_the_suite(table: str, suite: str) -> None:
    @settings(QUICK, max_examples=2)
    @given(testing.tables(table, min_rows=20, max_rows=60, suite=suite))
    def check(data: pa.Table) -> None:
        assert data.schema.equals(arrow_schema(table), check_metadata=True)
        assert 20 <= data.num_rows <= 60
        assert broken_rules(data, suite) == {}

    check()


@QUICK
@given(testing.datasets())
def test_generated_datasets_keep_every_rule_of_a_release(data: dict[str, pa.Table]) -> None:
    assert list(data) == [t.name for t in schema.TABLES if t not in schema.CROSSWALKS]
    assert broken_rules(data, "release") == {}


def test_a_row_has_every_column_and_keeps_the_rules() -> None:
    seen: list[dict[str, Any]] = []

    @settings(QUICK, max_examples=40)
    @given(testing.rows())
    def collect(row: dict[str, Any]) -> None:
        assert tuple(row) == schema.table("events").names
        seen.append({**row, "event_id": f"{row['event_id']}{len(seen)}", "origin_id": f"{row['origin_id']}{len(seen)}"})

    collect()
    assert len({row["origin"] for row in seen}) > 3


def test_values_reach_the_edges_and_odd_texts() -> None:
    found: dict[str, set[Any]] = {c: set() for c in ("latitude", "deaths_best", "date_precision", "notes", "date_end")}

    @settings(QUICK, max_examples=60)
    @given(testing.tables(min_rows=50, max_rows=50))
    def collect(data: pa.Table) -> None:
        for column, values in found.items():
            values.update(data[column].to_pylist())

    collect()
    assert {90.0, -90.0, 0.0} <= found["latitude"]
    assert {0, 2**31 - 1} <= found["deaths_best"]
    assert {1, 2, 3, 4, 5, None} <= found["date_precision"]
    assert {"", "two\nlines", "الموصل", "\x00"} <= found["notes"]
    assert any(text is not None and len(text) > 3000 for text in found["notes"])
    assert any(day is not None and day.isoformat() == "2100-12-31" for day in found["date_end"])


@QUICK
@given(st.data())
def test_fixed_columns_stay_as_they_are(data: st.DataObject) -> None:
    made = data.draw(testing.tables(max_rows=9, country="IRQ", deaths_best=3, parent_event_id=None))
    assert set(made["country"].to_pylist()) <= {"IRQ"}
    assert set(made["deaths_best"].to_pylist()) <= {3}
    assert broken_rules(made, "core") == {}


def test_shrinking_leaves_one_row_with_little_in_it() -> None:
    def deadly(data: pa.Table) -> bool:
        return any(deaths is not None and deaths > 3 for deaths in data["deaths_best"].to_pylist())

    data = find(testing.tables(), deadly, settings=settings(max_examples=500, database=None, derandomize=True))
    [row] = data.to_pylist()
    assert row["deaths_best"] == 4
    optional = [c.name for c in schema.table("events").columns if c.nullable and row[c.name] is not None]
    assert optional == ["deaths_best", "n_reports"]


def test_the_simplest_table_is_empty_and_the_simplest_row_small() -> None:
    assert find(testing.tables(), lambda _: True).num_rows == 0
    row = find(testing.rows(), lambda _: True)
    assert {c: v for c, v in row.items() if v is not None}.keys() == {
        *(c.name for c in schema.table("events").columns if not c.nullable),
        "n_reports",
    }


@QUICK
@given(testing.tables("actors", min_rows=900, max_rows=1000))
def test_wide_tables_are_made_too(data: pa.Table) -> None:
    assert 900 <= data.num_rows <= 1000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"table": "event"}, "no table 'event'"),
        ({"suite": "cor"}, "no suite 'cor'"),
        ({"no_such": 1}, "events has no column no_such"),
        ({"latitude": 91.0}, "latitude=91.0: no row can have this and keep CE120"),
        ({"origin": "ucdp_ged", "event_subtype": "attack"}, "CE223"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        testing.tables(**arguments)
    with pytest.raises(UsageError, match=message):
        testing.rows(**arguments)


def test_two_rows_cannot_have_one_key() -> None:
    @QUICK
    @given(testing.tables(min_rows=2, event_id="only"))
    def draw(_: pa.Table) -> None:
        raise AssertionError("a table was made")

    with pytest.raises(UsageError, match="event_id: no 2 rows"):
        draw()


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "hypothesis", None)
    with pytest.raises(UsageError, match=r"install conflict-events\[testing\]"):
        testing.rows()
