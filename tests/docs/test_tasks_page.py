"""docs/reference/tasks.md: its tables are what the command prints."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.ml import Coverage, tasks
from conflict_events.ml.tasks import Task

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "tasks.md").read_text(encoding="utf-8")
SUDAN = ROOT.parent / "shared" / "data" / "ucdp" / "ged241_ucdpweb_sdn.csv"


def printed(name: str) -> dict[str, dict[str, float]]:
    """The page's table of a task: baseline -> metric -> value."""
    found = re.search(rf"^<!-- task {name} -->\n\| baseline \| (.*) \|\n.*\n((?:\|.*\n)+)", PAGE, re.M)
    assert found is not None
    metrics = found.group(1).split(" | ")
    rows = [line.strip("| ").split(" | ") for line in found.group(2).splitlines()]
    return {baseline: dict(zip(metrics, map(float, values), strict=True)) for baseline, *values in rows}


def holds(name: str, task: Task) -> None:
    told = printed(name)
    for baseline, scores in task.table().items():
        # trees differ a little from one version of scikit-learn to the next; the rest is arithmetic
        room = 0.03 if baseline == "gradient boosting" else 0.0001
        assert told.pop(baseline) == pytest.approx(scores, abs=room)
    assert not told


def test_the_kinds() -> None:
    holds("subtype", tasks.subtype())


def test_the_reports() -> None:
    holds("same-event", tasks.same_event())


@pytest.mark.skipif(not SUDAN.exists(), reason="the UCDP file of Sudan is not beside this checkout")
def test_the_deaths(tmp_path: Path) -> None:
    events: pa.Table = ce.convert(SUDAN).tables["events"]
    pq.write_table(events, tmp_path / "events.parquet")
    first, cut, last = date(1989, 1, 1), date(2016, 1, 1), date(2023, 12, 1)
    sudan = [Coverage(first, last, "SDN")]
    holds("deaths", tasks.deaths(tmp_path / "events.parquet", first=first, cut=cut, last=last, coverage=sudan))
