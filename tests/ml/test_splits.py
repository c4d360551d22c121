"""Splits keep apart what belongs together, and the audit finds what does not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.ml import Leak, Split, audit, grouped, rolling, temporal

CUT = date(2017, 6, 1)


def events(*rows: dict[str, Any]) -> pa.Table:
    columns = {
        "event_id": pa.string(),
        "date_start": pa.date32(),
        "date_end": pa.date32(),
        "event_cluster_id": pa.string(),
        "side_a": pa.string(),
        "side_b": pa.string(),
        "release_added": pa.string(),
        "release_revised": pa.string(),
    }
    full = [{**dict.fromkeys(columns), "event_id": f"e{n}", **row} for n, row in enumerate(rows)]
    return pa.Table.from_pylist(full, schema=pa.schema(columns))


def span(start: date | None, days: int = 1, **more: Any) -> dict[str, Any]:
    return {"date_start": start, "date_end": start and start + timedelta(days=days - 1), **more}


def test_training_takes_what_had_ended_before_the_embargo() -> None:
    table = events(
        span(CUT - timedelta(days=41)),  # e0: the last day that is known
        span(CUT - timedelta(days=40)),  # e1: the first that is not
        span(CUT - timedelta(days=60), days=30),  # e2: begins early, ends within
        span(CUT - timedelta(days=1), days=5),  # e3: across the cut
        span(CUT),  # e4
        span(CUT + timedelta(days=40)),  # e5: past the test part
        span(None),  # e6
    )
    split = temporal(table, cut=CUT, horizon=30, lag=10, until=CUT + timedelta(days=29))
    assert dict(split.parts) == {"train": (0,), "test": (4,)}
    assert dict(split.left_out) == {
        "within the embargo, or across the cut": 3,
        "after the test part": 1,
        "undated": 1,
    }
    assert split.table("test", table)["event_id"].to_pylist() == ["e4"]


days = st.none() | st.dates(date(2016, 1, 1), date(2018, 12, 31))
rows = st.builds(
    lambda start, length, cluster, a, b: span(start, length, event_cluster_id=cluster, side_a=a, side_b=b),
    days,
    st.integers(1, 90),
    st.none() | st.sampled_from(["c1", "c2"]),
    st.sampled_from(["North", "South", None]),
    st.sampled_from(["North", "South", None]),
)


@given(
    st.lists(rows, max_size=20), st.dates(date(2016, 1, 1), date(2018, 12, 31)), st.integers(0, 90), st.integers(0, 90)
)
def test_a_split_in_time_is_clean_and_loses_no_event(
    rows: list[dict[str, Any]], cut: date, horizon: int, lag: int
) -> None:
    table = events(*[{**row, "event_cluster_id": None} for row in rows])
    split = temporal(table, cut=cut, horizon=horizon, lag=lag)
    assert audit(split, table) == []
    assert sum(map(len, split.parts.values())) + sum(split.left_out.values()) == table.num_rows


@given(st.lists(rows, max_size=20), st.sampled_from(["cluster", "dyad"]), st.integers(0, 5))
def test_a_group_is_in_one_part(rows: list[dict[str, Any]], by: str, seed: int) -> None:
    table = events(*rows)
    split = grouped(table, by=by, seed=seed)
    assert sorted(n for part in split.parts.values() for n in part) == list(range(table.num_rows))
    names = [
        row["event_cluster_id"] or n if by == "cluster" else frozenset((row["side_a"], row["side_b"]))
        for n, row in enumerate(rows)
    ]
    found = {part: {names[n] for n in positions} for part, positions in split.parts.items()}
    for part, here in found.items():
        for other, there in found.items():
            assert part == other or not here & there


def test_a_group_stays_in_its_part_when_others_come() -> None:
    few = events(*[{"event_cluster_id": f"c{n}"} for n in range(30)])
    many = events(*[{"event_cluster_id": f"c{n}"} for n in range(300)])

    def part_of(table: pa.Table) -> dict[int, str]:
        split = grouped(table, by="cluster", shares={"train": 1, "test": 1})
        return {n: part for part, positions in split.parts.items() for n in positions}

    before, after = part_of(few), part_of(many)
    assert all(after[n] == part for n, part in before.items())
    assert set(after.values()) == {"train", "test"}


def test_events_that_hang_together_by_articles_stay_together() -> None:
    table = events({}, {}, {}, {})
    reports = pa.table(
        {"event_id": ["e0", "e1", "e1", "e2"], "source_id": ["s1", "s1", "s2", "s2"], "report_id": list("abcd")}
    )
    for seed in range(20):
        split = grouped(table, by="article", reports=reports, seed=seed, shares={"train": 1, "test": 1})
        where = {n: part for part, positions in split.parts.items() for n in positions}
        assert where[0] == where[1] == where[2]
        assert audit(split, table, reports=reports) == []


def test_rolling_origins_test_month_after_month() -> None:
    table = events(*[span(date(2017, month, 15)) for month in range(1, 13)])
    splits = rolling(table, first=date(2017, 4, 1), steps=3, horizon=0, lag=0, window=70)
    assert [split.parts["test"] for split in splits] == [(3,), (4,), (5,)]
    assert [split.parts["train"] for split in splits] == [(1, 2), (2, 3), (3, 4)]
    assert splits[0].left_out["before the window"] == 1


def test_the_audit_names_what_leaks() -> None:
    table = events(
        span(CUT, event_cluster_id="c", release_added="2026.11.0"),
        span(CUT - timedelta(days=1), event_cluster_id="c", release_added="2026.9.0"),
        span(CUT - timedelta(days=99), release_added="2026.9.0", release_revised="2026.11.0"),
    )
    reports = pa.table({"event_id": ["e0", "e1"], "source_id": ["s", "s"], "report_id": ["r1", "r2"]})
    split = Split({"train": (0, 2), "test": (1,)}, {}, cut=CUT, embargo=10)
    found = audit(
        split, table, reports=reports, as_of="2026.10.0", features=["deaths_best", "deaths_best_lag1", "decay_12"]
    )
    assert {(leak.what, leak.which) for leak in found} == {
        ("cluster", "c"),
        ("article", "s"),
        ("event", "e0"),
        ("event", "e1"),
        ("event", "e2"),
        ("feature", "deaths_best"),
    }
    assert Leak("cluster", "c", ("train", "test")).message == "cluster c is in train and test"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t: temporal(t, cut=CUT, horizon=-1, lag=0), "horizon and lag"),
        (lambda t: temporal(t, cut=CUT, horizon=0, lag=0, until=date(2017, 1, 1)), "before the cut"),
        (lambda t: grouped(t, by="mood"), "by 'mood' is none of"),
        (lambda t: grouped(t, by="article"), "needs the reports"),
        (lambda t: grouped(t, by="dyad", shares={"train": 0}), "above 0"),
        (lambda t: rolling(t, first=CUT, steps=0, horizon=0, lag=0), "1 or more"),
        (lambda t: temporal(t, cut=CUT, horizon=0, lag=0).table("dev", t), "no part 'dev'"),
    ],
)
def test_a_wrong_call_says_what_to_do(call: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        call(events({}))


def test_the_shipped_events_split_cleanly() -> None:
    table, reports = ce.load("events"), ce.load("reports")
    split = grouped(table, by="article", reports=reports)
    assert all(split.parts.values())
    assert audit(split, table, reports=reports) == []
