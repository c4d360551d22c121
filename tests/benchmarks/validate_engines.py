"""Every core rule of events, put by each engine and by other libraries, side by side in one run.

Run from the project's root:

    python -m tests.benchmarks.validate_engines [--rows 1000000 ...] [--only NAME ...] [--markdown] [--into FILE]

Each competitor is a whole process of its own, the best of several in turn; its start-up is that of a run on ten rows.
Files: one of good rows, one of which each hundredth row breaks a rule. Counts that are not those of engine duckdb are
told as differences.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.benchmarks import made, measure, peers, table

KINDS = {"clean": 0, "bad": 100}
"""Name of a file -> which of its rows break a rule: each so-manieth."""

Row = dict[str, Any]


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", help="size of a file; may be given several times")
    parser.add_argument("--only", nargs="+", choices=peers.COMPETITORS, help="decode and duckdb always run")
    parser.add_argument("--times", type=int, default=3, help="runs of each; the best counts")
    parser.add_argument("--cap", type=float, default=300, help="seconds after which a run is given up")
    parser.add_argument("--markdown", action="store_true", help="print the tables of the documentation, not JSON")
    parser.add_argument("--into", type=Path, help="write the tables into this page, between its markers")
    options = parser.parse_args(given)
    wanted = peers.COMPETITORS if not options.only else {"decode", "duckdb", *options.only}
    names = [name for name in peers.COMPETITORS if name in wanted]
    asked = " ".join(sys.argv[1:] if given is None else given)
    command = f"python -m tests.benchmarks.validate_engines {asked}".strip()
    result = bench(names, sorted(options.rows or [1_000_000]), options.times, options.cap, command)
    tables = table.markdown(result)
    if options.into:
        table.write(options.into, tables)
    print(tables if options.markdown else json.dumps(result, indent=1))


def bench(names: Sequence[str], sizes: Sequence[int], times: int, cap: float, command: str) -> Row:
    """All figures of one run of the benchmark."""
    result: Row = {
        "command": command,
        "machine": measure.machine(),
        "versions": peers.versions(),
        "rules": len(peers.rules()),
        "columns": len(peers.columns(peers.rules())),
        "best_of": times,
        "not_installed": {n: lacks for n in names if (lacks := peers.lacking(n))},
        "start_up": {},
        "runs": [],
    }
    names = [n for n in names if n not in result["not_installed"]]
    with tempfile.TemporaryDirectory() as folder:
        tiny = Path(folder) / "tiny.parquet"
        made.events(tiny, 10)
        for name, found in _rounds(names, tiny, times, cap).items():
            result["start_up"][name] = _told(found)
        for rows in sizes:
            able = {n: _forbidden(n, rows, result, cap) for n in names}
            result["runs"] += [
                {"name": n, "rows_in_file": rows, "data": kind, "not_run": why}
                for n, why in able.items()
                if why
                for kind in KINDS
            ]
            for kind, every in KINDS.items():
                path = Path(folder) / "many.parquet"
                made.events(path, rows, every)
                runs = _rounds([n for n, why in able.items() if not why], path, times, cap)
                result["runs"] += _compared(runs, rows, kind, result)
                path.unlink()
    return result


def _rounds(names: Sequence[str], path: Path, times: int, cap: float) -> dict[str, measure.Run]:
    """The best run of each, all in turn so that a slow minute of the machine hits them alike."""
    found: dict[str, list[measure.Run]] = {name: [] for name in names}
    for turn in range(times):
        for name in names:
            runs = found[name]
            # a run that failed fails again; one that took long needs no repetition
            if runs and (runs[-1].failed or sum(r.seconds for r in runs) > cap / 2):
                continue
            print(f"{path.name} {turn + 1}/{times} {name}", file=sys.stderr)
            one = [sys.executable, "-m", "tests.benchmarks.peers", name, str(path)]
            runs.append(measure.run(one, cap, peers.COMPETITORS[name].others))
    return {n: next((r for r in runs if r.failed), None) or measure.best(runs) for n, runs in found.items()}


def _forbidden(name: str, rows: int, result: Row, cap: float) -> str | None:
    """Why the competitor is not run at this size, judged by its runs on fewer rows."""
    smaller = [r for r in result["runs"] if r["name"] == name]
    if (start := result["start_up"][name]).get("failed"):
        return str(start["failed"])
    for run in smaller:
        if "not_run" in run:
            return str(run["not_run"])
        more = rows / run["rows_in_file"]
        if (seconds := start["seconds"] + run["own_seconds"] * more) > cap:
            return f"would take about {seconds:.0f} s"
        if (mb := run["peak_mb"] * more) > measure.free_mb():
            return f"would take about {mb / 1024:.0f} GiB"
    return None


def _compared(found: dict[str, measure.Run], rows: int, kind: str, result: Row) -> list[Row]:
    """Each run with its start-up apart, beside decoding and beside our counts."""
    start = {name: said.get("seconds", 0.0) for name, said in result["start_up"].items()}
    own = {name: max(run.seconds - start[name], 0.001) for name, run in found.items()}
    counts = {name: json.loads(run.said) for name, run in found.items() if not run.failed}
    ours = counts.get("duckdb", {})
    out = []
    for name, run in found.items():
        row: Row = {"name": name, "rows_in_file": rows, "data": kind}
        if run.failed:
            out.append({**row, "not_run": run.failed})
            continue
        theirs = counts[name]
        out.append(
            {
                **row,
                **_told(run),
                "own_seconds": round(own[name], 3),
                "by_decode": round(own[name] / own["decode"], 2) if "decode" in counts else None,
                "by_duckdb": round(own[name] / own["duckdb"], 2) if "duckdb" in counts else None,
                "rules": len(theirs),
                "failures": sum(theirs.values()),
                "differences": {r: [n, ours.get(r)] for r, n in theirs.items() if n != ours.get(r)},
                "rules_not_run": [r.id for r in peers.rules() if r.id not in theirs] if theirs else [],
            }
        )
    return out


def _told(run: measure.Run) -> Row:
    told = asdict(run)
    if run.failed:
        return {"failed": run.failed}
    return {"seconds": round(told["seconds"], 3), "cpu_seconds": round(run.cpu_seconds, 3), "peak_mb": run.peak_mb}


if __name__ == "__main__":
    main()
