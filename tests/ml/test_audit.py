"""The audit catches each kind of leak that is planted, and nothing in a split that is clean."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from conflict_events.errors import UsageError
from conflict_events.ml import UCDP_GED, Leak, Split, audit, fit, look_ahead, panel
from conflict_events.targets.arrow import to_table

CUT = date(2017, 6, 1)
OLD, NEW = {"date_start": CUT - timedelta(days=99)}, {"date_start": CUT}
REQUIRED = {"origin": "ucdp_ged", "record_status": "final", "event_level": "incident", "coder": "x", "reviewed": False}


def events(*rows: dict[str, Any]) -> pa.Table:
    full = [{"event_id": f"e{n}", **REQUIRED, **row} for n, row in enumerate(rows)]
    return to_table("events", [{**row, "date_end": row.get("date_end", row.get("date_start"))} for row in full])


def split(train: list[int], test: list[int]) -> Split:
    return Split({"train": np.array(train), "test": np.array(test)}, {}, cut=CUT, embargo=10)


CLEAN = (OLD, NEW)

PLANTED: dict[str, tuple[pa.Table, Split, dict[str, Any], list[Leak]]] = {
    "nothing": (events(*CLEAN), split([0], [1]), {}, []),
    "an event in both parts": (
        events(OLD, {**NEW, "event_id": "e0"}),
        split([0], [1]),
        {},
        [Leak("event", "e0", ("train", "test"))],
    ),
    "a cluster": (
        events({**OLD, "event_cluster_id": "c"}, {**NEW, "event_cluster_id": "c"}),
        split([0], [1]),
        {},
        [Leak("cluster", "c", ("train", "test"))],
    ),
    "an aggregate and its incident": (
        events(OLD, {**NEW, "parent_event_id": "e0"}),
        split([0], [1]),
        {},
        [Leak("aggregate", "e0", ("train", "test"))],
    ),
    "training within the embargo": (
        events({"date_start": CUT - timedelta(days=20), "date_end": CUT - timedelta(days=10)}, NEW),
        split([0], [1]),
        {},
        [Leak("event", "e0", ("train", "the time from 2017-05-22 on"))],
    ),
    "training without a date": (
        events({"date_start": None, "record_status": "candidate"}, NEW),
        split([0], [1]),
        {},
        [Leak("event", "e0", ("train", "the time from 2017-05-22 on"))],
    ),
    "a test before the cut": (
        events(OLD, {"date_start": CUT - timedelta(days=1)}),
        split([0], [1]),
        {},
        [Leak("event", "e1", ("test", "the time before 2017-06-01"))],
    ),
    "an article": (
        events(*CLEAN),
        split([0], [1]),
        {"reports": pa.table({"event_id": ["e0", "e1"], "source_id": ["s", "s"], "report_id": ["r1", "r2"]})},
        [Leak("article", "s", ("train", "test"))],
    ),
    "a report": (
        events(*CLEAN),
        split([0], [1]),
        {"reports": pa.table({"event_id": ["e0", "e1"], "source_id": ["s", "t"], "report_id": ["r", "r"]})},
        [Leak("report", "r", ("train", "test"))],
    ),
    "a sentence": (
        events(*CLEAN),
        split([0], [1]),
        {"reports": pa.table({"event_id": ["e0", "e1"], "source_id": ["s", "t"], "evidence_sha256": ["x", "x"]})},
        [Leak("sentence", "x", ("train", "test"))],
    ),
    "a row of a later release": (
        events({**OLD, "release_added": "2026.9.0", "release_revised": "2026.11.0"}, NEW),
        split([0], [1]),
        {"as_of": "2026.10.0"},
        [Leak("event", "e0", ("train", "release 2026.11.0, after 2026.10.0"))],
    ),
    "a feature that is the answer": (
        events(*CLEAN),
        split([0], [1]),
        {"features": ["deaths_best", "deaths_best_lag1", "decay_12", "native"]},
        [Leak("feature", name, ("the answer", "the features")) for name in ("deaths_best", "native")],
    ),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_each_kind_of_leak_is_named(planted: str) -> None:
    table, parted, more, leaks = PLANTED[planted]
    assert audit(parted, table, **more) == leaks


def test_a_vocabulary_that_saw_the_test_part_is_named() -> None:
    table = events(
        *[{**OLD, "side_a": name, "latitude": 1.0 * n} for n, name in enumerate("NNS")], {**NEW, "side_a": "W"}
    )
    parted = split([0, 1, 2], [3])
    assert audit(parted, table, encoding=fit(table[:3], categories=["side_a"], numbers=["latitude"])) == []
    wide = fit(table, categories=["side_a"])
    assert audit(parted, table, encoding=wide) == [
        Leak("encoding", "side_a", ("the model's input", "rows outside training"))
    ]
    mean = fit(table[:2], numbers=["latitude"])
    assert [leak.which for leak in audit(parted, table, encoding=mean)] == ["latitude"]


def test_a_leak_is_one_line() -> None:
    assert Leak("cluster", "c", ("train", "test")).message == "cluster c is in train and test"


MONTHLY = [
    {"date_start": date(2017, month, 3), "country": country, "deaths_best": month * dead}
    for month in range(1, 11)
    for country, dead in (("IRQ", 3), ("SYR", 1))
]


def panelled(table: pa.Table) -> pa.Table:
    import tempfile

    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.parquet"
        pq.write_table(table, path)
        units = ["IRQ", "SYR"]
        made = panel(path, first=date(2017, 1, 1), last=date(2017, 12, 1), coverage=UCDP_GED, units=units)
    return made.table


@pytest.mark.parametrize(
    ("expression", "leaks"),
    [
        pytest.param(lambda table: table["deaths_best_lag1"], False, id="of the past"),
        pytest.param(
            lambda table: pc.subtract(table["deaths_best_lag1"], pc.mean(table["deaths_best"])), True, id="mean of all"
        ),
        pytest.param(lambda table: table["deaths_best"], True, id="of the month itself"),
    ],
)
def test_a_feature_that_looks_past_the_cut_is_found_by_taking_the_future_away(expression: Any, leaks: bool) -> None:
    def build(table: pa.Table) -> pa.Table:
        made = panelled(table)
        return made.select(["country", "month"]).append_column("x", expression(made))

    found = look_ahead(build, events(*MONTHLY), [CUT, date(2017, 8, 1)], keys=["country", "month"])
    assert bool(found) == leaks
    assert all(leak.which == "x" for leak in found)


def test_no_feature_of_our_panels_looks_ahead() -> None:
    names = ["deaths_best_lag1", "deaths_best_lag3", "n_events_lag2", "decay_12"]
    assert look_ahead(panelled, events(*MONTHLY), [CUT], keys=["country", "month"], features=names) == []


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"x": [1]}, "no column country, month: it is a key"),
        ({"country": ["I", "I"], "month": [CUT, CUT], "x": [1, 2]}, "the same country, month"),
        ({"country": ["I"], "month": [date(2030, 1, 1)], "x": [1]}, "nothing to compare"),
    ],
)
def test_features_that_cannot_be_compared_are_refused(columns: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        look_ahead(lambda _: pa.table(columns), events(*MONTHLY), [CUT], keys=["country", "month"])


def test_what_cannot_be_looked_for_is_no_proof() -> None:
    table = events(*CLEAN)
    for lacking, release in (("event_id", None), ("date_end", None), ("release_added", "2026.11.0")):
        with pytest.raises(UsageError, match=f"the events have no column {lacking}"):
            audit(split([0], [1]), table.drop_columns(lacking), as_of=release)
    with pytest.raises(UsageError, match="the reports have no column event_id, source_id"):
        audit(split([0], [1]), table, reports=pa.table({"report_id": ["r"]}))
    with pytest.raises(UsageError, match="not the one that was split"):
        audit(split([0], [7]), table)


def test_a_malformed_release_is_refused() -> None:
    with pytest.raises(UsageError, match="is no data release"):
        audit(split([0], [1]), events(*CLEAN), as_of="June")
