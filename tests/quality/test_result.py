"""What a result says, to people and to programs."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.targets.arrow import to_table


@pytest.fixture
def result(event: dict[str, Any]) -> ce.quality.Result:
    rows = [
        event,
        {**event, "event_id": "e2", "deaths_low": 2, "deaths_best": 1, "country": "IRK"},
        {**event, "event_id": "e3", "latitude": 36.0, "longitude": 43.0, "where_precision": 1, "priogrid_gid": 7},
    ]
    return ce.validate(to_table("events", rows))


def test_good_and_bad_rows_part_the_input_by_errors_alone(result: ce.quality.Result) -> None:
    assert result.bad["event_id"].to_pylist() == ["e2", "e3"]
    assert result.good["event_id"].to_pylist() == ["e1"]
    assert result.counts["CE209"] == 1, "a warning, which alone would not make a row bad"


def test_counts_have_every_rule_that_ran(result: ce.quality.Result) -> None:
    assert result.counts["CE201"] == 0
    assert result.counts["CE119"] == 1


def test_text_gives_the_verdict_first_and_errors_before_warnings(result: ce.quality.Result) -> None:
    text = result.to_text()
    assert text.startswith("not ok: 3 rows of events; suite core")
    assert text.index("error CE119") < text.index("warning CE209")
    assert "row 1 [e2]: country 'IRK' is not in the vocabulary country" in text


def test_text_shows_no_control_characters_of_bad_data(event: dict[str, Any]) -> None:
    bad = ce.validate(to_table("events", [{**event, "country": "\x1b[31mred\nline"}]))
    assert "\x1b" not in bad.to_text()
    assert "red�line" in bad.to_text()


def test_json_has_every_failure(result: ce.quality.Result) -> None:
    document = json.loads(result.to_json())
    assert document["ok"] is False
    assert {f["rule_id"] for f in document["failures"]} == {"CE119", "CE209", "CE210", "CE233"}
    assert document["files"] == [{"file": "<pyarrow Table>", "table": "events", "rows": 3}]


def test_several_tables_are_split_by_name(event: dict[str, Any]) -> None:
    result = ce.validate({"events": to_table("events", [event]), "actors": to_table("actors", [])})
    with pytest.raises(UsageError, match=r"result\.split"):
        _ = result.good
    assert result.split("events")[0].num_rows == 1
    with pytest.raises(UsageError, match="no table places was validated"):
        result.split("places")


def test_a_foreign_key_without_its_table_is_reported_as_not_run(event: dict[str, Any]) -> None:
    result = ce.validate(to_table("events", [event]), suite="release")
    reasons = {n.rule_id: n.reason for n in result.not_run}
    assert reasons["CE256"] == "table actors was not given"
    assert "CE256" in result.to_text()


@settings(max_examples=15)
@given(st.lists(st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)), min_size=10, max_size=60))
def test_low_above_best_is_found_exactly_where_python_finds_it(pairs: list[tuple[int | None, int | None]]) -> None:
    rows = [
        {"event_id": str(n), "origin": "article", "deaths_low": low, "deaths_best": best}
        for n, (low, best) in enumerate(pairs)
    ]
    result = ce.validate(to_table("events", rows))
    found = {f["row"] for f in result.failures.to_pylist() if f["rule_id"] == "CE210"}
    assert found == {n for n, (low, best) in enumerate(pairs) if low is not None and best is not None and low > best}


def test_a_million_failing_rows_are_all_known(event: dict[str, Any]) -> None:
    n = 1_000_000
    columns: dict[str, Any] = {
        field.name: pa.nulls(n, field.type) for field in to_table("events", []).schema if field.name not in event
    }
    columns |= {
        name: pa.array([value], type=to_table("events", []).schema.field(name).type).take(pa.array([0] * n))
        for name, value in event.items()
    }
    columns["event_id"] = pa.array(range(n)).cast(pa.string())
    columns["country"] = pa.array(["XX"]).take(pa.array([0] * n))
    result = ce.validate(pa.table(columns))
    assert result.counts["CE119"] == n
    assert result.failures.num_rows == n
