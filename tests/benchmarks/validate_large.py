"""More rows than fit: validate ROWS events, each thousandth broken, under a memory limit of the engine's.

Run from the project's root: python -m tests.benchmarks.validate_large [ROWS] [--limit 512MB] [--folder FOLDER]
The files (about 33 MB a million rows) are made in FOLDER, or in the system's folder for temporary files, and removed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from tests.benchmarks import made, measure

PIECE = 5_000_000
"""Rows of a file."""

BROKEN_EVERY = 1_000
BYTES = 40
"""Bytes of a row in a file, at most."""


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="?", type=int, default=100_000_000)
    parser.add_argument("--limit", default="512MB")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cap", type=float, default=3600, help="seconds after which the run is given up")
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        if shutil.disk_usage(folder).free < 2 * options.rows * BYTES:
            parser.error(f"{folder} has no room for {options.rows:,} rows: name another with --folder")
        for first in range(0, options.rows, PIECE):
            print(f"making rows from {first:,}", file=sys.stderr)
            made.events(folder / f"{first:012}.parquet", min(PIECE, options.rows - first), BROKEN_EVERY, first)
        command = [sys.executable, "-m", "tests.benchmarks.peers", "duckdb", name, "--limit", options.limit]
        run = measure.run(command, options.cap)
        counts = {rule: n for rule, n in json.loads(run.said or "{}").items() if n}
        result = {
            "rows": options.rows,
            "files_mb": sum(path.stat().st_size for path in folder.iterdir()) // 2**20,
            "limit": options.limit,
            "seconds": round(run.seconds, 1),
            "cpu_seconds": round(run.cpu_seconds, 1),
            "peak_mb": run.peak_mb,
            "broken_rows": len(range(BROKEN_EVERY, options.rows, BROKEN_EVERY)),
            "failures": sum(counts.values()),
            "counts": counts,
            "failed": run.failed,
            "duckdb": duckdb.__version__,
            **measure.machine(),
        }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
