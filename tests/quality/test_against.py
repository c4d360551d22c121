"""A release is compared with the one before: what shrank, emptied or shifted is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import conflict_events as ce
from conflict_events.targets.arrow import to_table


def rows(event: dict[str, Any], n: int, **change: Any) -> pa.Table:
    return to_table("events", [{**event, "country": "IRQ", "event_id": f"e{i}", **change} for i in range(n)])


def compared(new: pa.Table, old: pa.Table, **more: Any) -> dict[str, list[str]]:
    """Rule id -> keys of what strays."""
    out: dict[str, list[str]] = {}
    for failure in ce.validate(new, against=old, **more).failures.to_pylist():
        if failure["rule_id"].startswith("CE01"):
            assert failure["row"] is None
            out.setdefault(failure["rule_id"], []).append(failure["key"])
    return out


def test_the_same_release_strays_nowhere(event: dict[str, Any]) -> None:
    data = rows(event, 20)
    result = ce.validate(data, against=data)
    assert {r: n for r, n in result.counts.items() if r.startswith("CE01")} == dict.fromkeys(
        ("CE011", "CE012", "CE013", "CE014"), 0
    )


def test_without_a_release_before_the_comparison_is_not_asked(event: dict[str, Any]) -> None:
    assert "CE011" not in ce.validate(rows(event, 1)).counts


@pytest.mark.parametrize(("now", "lost"), [(95, False), (94, True), (0, True), (200, False)])
def test_rows_lost(event: dict[str, Any], now: int, lost: bool) -> None:
    assert ("CE011" in compared(rows(event, now), rows(event, 100))) is lost


def test_nulls_rose(event: dict[str, Any]) -> None:
    old = rows(event, 10, side_a="A")
    assert compared(pa.concat_tables([rows(event, 2, side_a=None), rows(event, 8, side_a="A")]), old) == {
        "CE012": ["side_a"]
    }
    assert compared(pa.concat_tables([rows(event, 1, side_a=None), rows(event, 9, side_a="A")]), old) == {}


def test_values_shifted(event: dict[str, Any]) -> None:
    old = rows(event, 10, where_precision=6)
    new = pa.concat_tables([rows(event, 7, where_precision=6), rows(event, 3, where_precision=4)])
    assert compared(new, old) == {"CE013": ["where_precision"]}


def test_coverage_lost(event: dict[str, Any]) -> None:
    year = {"date_start": date(2016, 3, 1), "date_end": date(2016, 3, 1)}
    old = pa.concat_tables([rows(event, 30), rows(event, 1, **year)])
    assert compared(rows(event, 31), old) == {"CE014": ["IRQ 2016"]}


def test_a_policy_sets_other_limits(event: dict[str, Any], tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[limits]\nCE011 = "50%"\n', encoding="utf-8")
    assert compared(rows(event, 60), rows(event, 100), policy=policy) == {}


def test_what_was_wrong_in_the_release_before_is_no_failure_of_this_one(event: dict[str, Any]) -> None:
    old = rows(event, 3).drop_columns(["notes"])
    assert ce.validate(rows(event, 3), against=old).counts["CE001"] == 0


@pytest.mark.parametrize("engine", ["polars", "pandera", "gx"])
def test_the_comparison_is_the_same_in_every_engine(event: dict[str, Any], engine: str) -> None:
    new, old = rows(event, 5), rows(event, 10, country="SYR")
    assert compared(new, old, engine=engine) == compared(new, old) != {}


def test_a_table_that_the_release_before_lacks_is_said_not_to_be_compared(event: dict[str, Any]) -> None:
    result = ce.validate({"events": rows(event, 1)}, against={"actors": to_table("actors", [])})
    assert "CE011" not in result.counts
    assert {s.reason for s in result.not_run if s.rule_id == "CE011"} == {"the release before has no table events"}
