"""Seconds and memory of a grid panel of UCDP's size: 400,000 events, 65,000 cells, 432 months.

Run from the project's root: python -m tests.benchmarks.panel_cells [--events 400000] [--cells 65000] [--months 432]
The events are invented: in a tenth of the cells, a fifth of them known to the province only. The yardstick is DuckDB's
sum of the same events by cell and month, which knows no empty cell, no lag and no mask.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from conflict_events import ml

FIRST = date(1989, 1, 1)


def write(path: Path, events: int, cells: np.ndarray[tuple[int], np.dtype[np.int64]], months: int) -> None:
    """Events with the columns that a panel reads; those that are missing are null."""
    rng = np.random.default_rng(1)
    start = np.datetime64(FIRST) + rng.integers(0, months * 30, events).astype("timedelta64[D]")
    end = start + rng.integers(0, 5, events).astype("timedelta64[D]")
    whole = {name: pa.array([value] * events) for name, value in (("origin", "ucdp_ged"), ("record_status", "final"))}
    table = pa.table(
        {
            "event_id": [f"ucdp_ged:{n}" for n in range(events)],
            **whole,
            "country": ["IRQ"] * events,
            "date_start": pa.array(start.astype("datetime64[D]")),
            "date_end": pa.array(end.astype("datetime64[D]")),
            "violence_type": pa.array(rng.integers(1, 4, events), pa.int8()),
            "where_precision": pa.array(rng.choice([1, 2, 3, 4, 4], events), pa.int8()),
            "priogrid_gid": pa.array(rng.choice(cells[:: max(1, len(cells) // 6500)], events), pa.int32()),
            "deaths_best": pa.array(rng.poisson(3, events), pa.int32()),
        }
    )
    pq.write_table(table, path)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=400_000)
    parser.add_argument("--cells", type=int, default=65_000)
    parser.add_argument("--months", type=int, default=432)
    asked = parser.parse_args(argv)
    cells = np.sort(np.random.default_rng(2).choice(np.arange(1, 259_201), asked.cells, replace=False))
    last = date(FIRST.year + (asked.months - 1) // 12, (asked.months - 1) % 12 + 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.parquet"
        write(path, asked.events, cells, asked.months)
        begun = time.perf_counter()
        duckdb.execute(
            f"SELECT priogrid_gid, date_trunc('month', date_start), sum(deaths_best) FROM '{path}' GROUP BY ALL"
        ).fetchall()
        plain = time.perf_counter() - begun
        begun = time.perf_counter()
        made = ml.panel(
            path, unit="grid", first=FIRST, last=last, coverage=ml.UCDP_GED, units=cells.tolist(), neighbours=True
        )
        took = time.perf_counter() - begun
    print(f"{made.table.num_rows:,} rows of {made.table.num_columns} columns, {made.table.nbytes / 1e9:.2f} GB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"panel {took:.1f} s, {took / plain:.0f} times DuckDB's plain sum; peak {peak:,.0f} MB")


if __name__ == "__main__":
    main()
