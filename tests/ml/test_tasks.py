"""The ready tasks have no leak, their baselines are the same every time, and a prediction of one's own is scored."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.ml import UCDP_GED, Coverage, Split, audit, look_ahead, panel, tasks
from conflict_events.ml.tasks import Task
from conflict_events.ml.tasks.subtype import encoding
from conflict_events.targets.arrow import to_table

FIRST, CUT, LAST = date(2014, 1, 1), date(2016, 7, 1), date(2016, 12, 1)


def made() -> pa.Table:
    """Three years of two cells of one country, where war comes and goes, and of one where it comes late."""
    rng = np.random.default_rng(4)
    rows: list[dict[str, Any]] = []
    for month in range(36):
        for cell in (1000, 1001, *((1002,) if month > 32 else ())):
            for _ in range(rng.poisson(1 + (month // 6) % 2 * 3)):
                start = date(2014 + month // 12, month % 12 + 1, 1) + timedelta(days=int(rng.integers(0, 28)))
                end = start + timedelta(days=int(rng.choice([0, 0, 20])))
                rows.append(
                    {"priogrid_gid": cell, "date_start": start, "date_end": end, "deaths_best": int(rng.poisson(4))}
                )
    whole = {"origin": "ucdp_ged", "record_status": "final", "event_level": "incident", "coder": "x", "reviewed": False}
    whole |= {"country": "SDN", "where_precision": 1}
    return to_table("events", [{"event_id": f"e{n}", **whole, **row} for n, row in enumerate(rows)])


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("war") / "events.parquet"
    pq.write_table(made(), path)
    return path


def of_deaths(war: Path, **more: Any) -> Task:
    return tasks.deaths(war, **{"first": FIRST, "cut": CUT, "last": LAST, "coverage": UCDP_GED, **more})


def test_training_stops_horizon_and_lag_before_the_cut_and_no_later_war_chooses_the_cells(war: Path) -> None:
    task = of_deaths(war, horizon=2, lag=1)
    assert pc.max(task.train["month"]).as_py() == date(2016, 3, 1)
    assert pc.min_max(task.test["month"]).as_py() == {"min": CUT, "max": LAST}
    assert set(task.test["priogrid_gid"].to_pylist()) == {1000, 1001}
    assert "other units" in task.about
    assert min(int(name.rsplit("lag", 1)[1]) for name in task.features if "_lag" in name) == 3


def test_what_is_known_when_a_month_is_predicted_does_not_change_with_what_comes_after(tmp_path: Path) -> None:
    def build(events: pa.Table, spanning: str = "last") -> pa.Table:
        path = tmp_path / "events.parquet"
        pq.write_table(events, path)
        known = panel(
            path,
            unit="grid",
            first=FIRST,
            last=LAST,
            coverage=[Coverage(FIRST, LAST)],
            units=[1000, 1001],
            spanning=spanning,
            neighbours=True,
        )
        return known.table.select(["priogrid_gid", "month", *known.features])

    keys = ["priogrid_gid", "month"]
    cuts = [date(2015, 9, 1), CUT]
    assert look_ahead(build, made(), cuts, keys=keys) == []
    # an event that began before the cut and ended after it was not known on the cut, wherever its days lie
    assert look_ahead(lambda events: build(events, "days"), made(), cuts, keys=keys)


def test_the_baselines_of_deaths_are_what_they_say(war: Path) -> None:
    task = of_deaths(war)
    persistence = task.baselines["persistence"]()
    assert persistence.tolist() == np.nan_to_num(task.test["deaths_best_lag1"].to_numpy()).tolist()
    assert task.baselines["last twelve months"]().shape == (task.test.num_rows, 12)
    scores = task.table()
    assert scores["all zero"]["crps"] == pytest.approx(np.mean(task.test["deaths_best"].to_numpy()))
    assert all(set(row) == {"msle", "crps", "average_precision"} for row in scores.values())
    assert task.score(task.test["deaths_best"].to_numpy())["msle"] == pytest.approx(0)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"cut": FIRST}, "out of order"),
        ({"first": date(2016, 6, 1)}, "begin earlier"),
        ({"first": date(2016, 3, 1)}, "give more months"),
        ({"cells": []}, "the panel would be empty"),
        ({"origin": "acled"}, "nothing to count of origin 'acled'"),
    ],
)
def test_a_wrong_call_says_what_to_do(war: Path, changed: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        of_deaths(war, **changed)


@pytest.fixture(scope="module")
def subtype() -> Task:
    return tasks.subtype()


def test_kinds_are_told_from_columns_that_do_not_tell_them(subtype: Task) -> None:
    events, reports = ce.load("events"), ce.load("reports")
    rows = [
        pc.index_in(part["event_id"], value_set=events["event_id"].combine_chunks())
        for part in (subtype.train, subtype.test)
    ]
    split = Split({"train": np.asarray(rows[0]), "test": np.asarray(rows[1])}, {})
    assert audit(split, events, reports=reports, features=subtype.features, encoding=encoding(subtype)) == []


def test_the_baselines_of_kinds_are_the_same_every_time_and_beat_the_most_frequent(subtype: Task) -> None:
    scores = subtype.table()
    assert scores["gradient boosting"]["average_precision"] > scores["by kind of sides"]["average_precision"]
    assert scores["by kind of sides"]["average_precision"] > scores["most frequent"]["average_precision"]
    again = subtype.baselines["gradient boosting"]()
    assert (again == subtype.baselines["gradient boosting"]()).all()
    assert again.sum(axis=1) == pytest.approx(1)


def test_a_prediction_of_another_shape_is_refused(subtype: Task) -> None:
    with pytest.raises(UsageError, match="the prediction has 3 rows and the test part"):
        subtype.score(np.zeros((3, 2)))
    with pytest.raises(UsageError, match="a column for each of"):
        subtype.score(np.zeros((subtype.test.num_rows, 2)))


def test_reports_of_one_event_are_in_one_part_and_their_clusters_are_found() -> None:
    task = tasks.same_event()
    for column in ("event_id", "source_id", "report_id"):
        assert not set(task.train[column].to_pylist()) & set(task.test[column].to_pylist())
    assert {"event_id", "report_id"}.isdisjoint(task.features)
    scores = task.table()
    assert scores["each alone"]["b_cubed_precision"] == 1
    assert scores["gradient boosting"]["b_cubed_f1"] > scores["same day and place"]["b_cubed_f1"]
    assert task.score(np.asarray(task.test["event_id"].to_pylist()))["b_cubed_f1"] == 1


def test_events_without_kinds_or_reports_are_no_task(war: Path) -> None:
    with pytest.raises(UsageError, match="the task needs events that have an event_subtype"):
        tasks.subtype(war)
    with pytest.raises(UsageError, match="0 reports before"):
        tasks.same_event(war)


HIDDEN = """
import importlib.util, sys

found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "sklearn" else found(name, package)
sys.argv = ["conflict-events", "task", "subtype"]
from conflict_events.cli import main

main()
"""


def test_without_scikit_learn_one_line_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HIDDEN], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("scikit-learn is not installed: pip install conflict-events[ml]")
    assert "Traceback" not in done.stderr
