"""Files of fictional events, and pictures that are closed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from matplotlib import pyplot

from conflict_events.targets.arrow import to_table
from tests.plot.made import REQUIRED, Rows, Write


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(rows: Rows) -> Path:
        path = tmp_path / "events.parquet"
        made = [{"event_id": f"e{n}", **REQUIRED, **row} for n, row in enumerate(rows)]
        pq.write_table(to_table("events", made), path)
        return path

    return write
