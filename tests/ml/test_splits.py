"""Splits keep apart what belongs together, and the audit finds what does not."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.ml import Split, audit, grouped, rolling, temporal

CUT = date(2017, 6, 1)


def parts(split: Split) -> dict[str, list[int]]:
    return {part: positions.tolist() for part, positions in split.parts.items()}


def events(*rows: dict[str, Any]) -> pa.Table:
    columns = {
        "event_id": pa.string(),
        "date_start": pa.date32(),
        "date_end": pa.date32(),
        "event_cluster_id": pa.string(),
        "parent_event_id": pa.string(),
        "record_status": pa.string(),
        "side_a": pa.string(),
        "side_b": pa.string(),
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
        span(CUT, record_status="claim"),  # e7
    )
    split = temporal(table, cut=CUT, horizon=30, lag=10, until=CUT + timedelta(days=29))
    assert parts(split) == {"train": [0], "test": [4]}
    assert dict(split.left_out) == {
        "within the embargo, or across the cut": 3,
        "after the test part": 1,
        "undated": 1,
        "claim or withdrawn": 1,
    }
    assert split.table("test", table)["event_id"].to_pylist() == ["e4"]


days = st.none() | st.dates(date(2016, 1, 1), date(2018, 12, 31))
rows = st.builds(
    lambda start, length, cluster, parent, status, a, b: span(
        start, length, event_cluster_id=cluster, parent_event_id=parent, record_status=status, side_a=a, side_b=b
    ),
    days,
    st.integers(-90, 90),
    st.none() | st.sampled_from(["c1", "c2"]),
    st.none() | st.sampled_from(["e0", "e1"]),
    st.sampled_from(["final", "candidate", "claim", "withdrawn"]),
    st.sampled_from(["North", "South", None]),
    st.sampled_from(["North", "South", None]),
)


@given(
    st.lists(rows, max_size=20), st.dates(date(2016, 1, 1), date(2018, 12, 31)), st.integers(0, 90), st.integers(0, 90)
)
def test_a_split_in_time_is_clean_and_loses_no_event(
    rows: list[dict[str, Any]], cut: date, horizon: int, lag: int
) -> None:
    table = events(*rows)
    split = temporal(table, cut=cut, horizon=horizon, lag=lag)
    assert not set(parts(split)["train"]) & set(parts(split)["test"])
    assert audit(split, table) == []
    assert sum(map(len, split.parts.values())) + sum(split.left_out.values()) == table.num_rows


@given(st.lists(rows, max_size=20), st.sampled_from(["cluster", "dyad"]), st.integers(0, 5))
def test_a_group_is_in_one_part(rows: list[dict[str, Any]], by: str, seed: int) -> None:
    table = events(*rows)
    split = grouped(table, by=by, seed=seed)
    assert audit(split, table) == []
    vouched = [n for n, row in enumerate(rows) if row["record_status"] not in ("claim", "withdrawn")]
    assert sorted(n for part in split.parts.values() for n in part) == vouched
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
    assert [parts(split)["test"] for split in splits] == [[3], [4], [5]]
    assert [parts(split)["train"] for split in splits] == [[1, 2], [2, 3], [3, 4]]
    assert splits[0].left_out["before the window"] == 1


def test_what_hangs_together_with_training_is_not_tested() -> None:
    early, late = span(CUT - timedelta(days=9)), span(CUT)
    table = events(
        {**early, "event_cluster_id": "c"},  # e0
        {**late, "event_cluster_id": "c"},  # e1: the same event from another origin, dated otherwise
        {**late, "parent_event_id": "e0"},  # e2
        late,  # e3: an article tells of it and of e0
        late,  # e4
    )
    reports = pa.table({"event_id": ["e0", "e3", "e4", "gone"], "source_id": ["s1", "s1", "s2", "s1"]})
    split = temporal(table, cut=CUT, horizon=0, lag=0)
    assert (parts(split)["test"], split.left_out) == ([3, 4], {"hangs together with training": 2})
    split = temporal(table, cut=CUT, horizon=0, lag=0, reports=reports)
    assert (parts(split)["test"], split.left_out) == ([4], {"hangs together with training": 3})


def test_a_part_is_written_and_read_whole(tmp_path: Path) -> None:
    table = events(*[{"event_cluster_id": f"c{n}"} for n in range(50)])
    split = grouped(table, by="cluster")
    files = split.write(tmp_path / "new", table, seed=3)
    assert set(files) == {"train", "validation", "test"}
    read = {part: pq.read_table(path)["event_id"].to_pylist() for part, path in files.items()}
    assert read["train"] != split.table("train", table)["event_id"].to_pylist()
    for part, ids in read.items():
        assert sorted(ids) == sorted(split.table(part, table)["event_id"].to_pylist())
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(f"{part}.parquet" for part in files)


def test_events_as_of_a_release_are_those_that_it_had() -> None:
    now = ce.load("events")
    with closing(ce.connect()) as con:
        then = con.sql("FROM events_as_of((SELECT min(release_added) FROM events))").to_arrow_table()
    release = min(one for one in now["release_added"].to_pylist() if one)
    split = temporal(then, cut=CUT, horizon=30, lag=30)
    assert len(split.parts["train"])
    assert audit(split, then, as_of=release) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t: temporal(t, cut=CUT, horizon=-1, lag=0), "horizon and lag"),
        (lambda t: temporal(t, cut=CUT, horizon=0, lag=0, until=date(2017, 1, 1)), "before the cut"),
        (lambda t: grouped(t, by="mood"), "by 'mood' is none of"),
        (lambda t: grouped(t, by="article"), "needs the reports"),
        (lambda t: grouped(t, by="dyad", shares={"train": 0}), "above 0"),
        (lambda t: grouped(t, by="dyad", shares={"train": float("inf")}), "above 0"),
        (lambda t: grouped(t, by="dyad", shares={"../train": 1}), "a part is named by a word"),
        (lambda t: grouped(t, by="place"), "needs the column country, place_id, place_name"),
        (lambda t: grouped(t.drop_columns("side_b"), by="dyad"), "needs the column side_b"),
        (lambda t: grouped(t, by="cluster", shares={"all": 1}).table("all", t[:0]), "not the one that was split"),
        (lambda t: rolling(t, first=CUT, steps=0, horizon=0, lag=0), "1 or more"),
        (lambda t: temporal(t, cut=CUT, horizon=0, lag=0, window=0), "1 or more"),
        (lambda t: temporal(t.drop_columns("date_end"), cut=CUT, horizon=0, lag=0), "needs the column date_end"),
        (lambda t: temporal(t, cut=CUT, horizon=0, lag=0).table("dev", t), "no part 'dev'"),
    ],
)
def test_a_wrong_call_says_what_to_do(call: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        call(events({}))


def test_the_shipped_events_split_cleanly() -> None:
    table, reports = ce.load("events"), ce.load("reports")
    for split in (
        grouped(table, by="article", reports=reports),
        temporal(table, cut=CUT, horizon=30, lag=30, reports=reports),
    ):
        assert all(map(len, split.parts.values()))
        # a sentence that two pages print may tell of two events, which no column joins
        assert {leak.what for leak in audit(split, table, reports=reports)} <= {"sentence"}
