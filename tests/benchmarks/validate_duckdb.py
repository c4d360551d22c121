"""How long `validate` takes beside the time DuckDB needs to decode the same columns of the same file.

Run from the project's root: python -m tests.benchmarks.validate_duckdb [ROWS].
Each figure is the best of three within one run. Decoding is read off a query that hashes every value: one that
only counts is answered from the file's statistics.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

import conflict_events as ce
from conflict_events import schema
from conflict_events.quality import plan
from tests.benchmarks import made


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main(rows: int) -> None:
    """Measure and print one JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "one.parquet", Path(folder) / "many.parquet"
        made.events(one, 10)
        made.events(many, rows)
        rules = schema.rules("events", "core")
        read = sorted({c for rule in rules for c in plan.columns(rule)})
        hashes = ", ".join(f'hash("{c}")' for c in read)
        con = duckdb.connect()
        start_up = best(lambda: ce.validate(one))
        decode = best(lambda: con.execute(f"SELECT bit_xor(hash({hashes})) FROM read_parquet('{many}')").fetchall())
        check = best(lambda: ce.validate(many))
        result = {
            "rows": rows,
            "columns_read": len(read),
            "rules": len(rules),
            "decode_s": round(decode, 2),
            "validate_s": round(check, 2),
            "start_up_s": round(start_up, 2),
            "ratio_start_up_apart": round((check - start_up) / decode, 2),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "duckdb": duckdb.__version__,
        }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
