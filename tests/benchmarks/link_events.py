"""Link two made datasets whose true matches are known: time, memory, precision and recall.

Run from the project's root: python -m tests.benchmarks.link_events [--rows 100000 --rows 1000000] [--limit 2GB]

Both sides have ROWS events. Six in ten of the one are in the other too, seen otherwise: 8 % of these a day or two
off and 4 % a week, a tenth with the month alone; a fifth in a neighbouring place or at the centre of the province;
sides spelled in each dataset's way, half of them in the other order, a tenth with one not named; other deaths in a
third. All lie in 240 country-like areas where few towns see most of the events, over ten years. That is harder
than spreading events evenly, and still tidier than the world: the figures compare versions of this package, and say
nothing of UCDP beside ACLED.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from conflict_events import schema
from conflict_events.targets.accepted import ACCEPTED
from tests.benchmarks import measure

MATCHED = 0.6
_U = "(hash(i * 64 + {0}) % 1000000) / 1e6"
"""A number from 0 to 1, the same for the same event."""


def sides(folder: Path, rows: int) -> list[Path]:
    """Write `ucdp_ged.parquet` and `acled.parquet`; an event has the same number in both where it is the same."""
    u = [_U.format(number) for number in range(20)]
    truth = (
        # the second dataset's own events have numbers that the first has not
        f"SELECT i, CAST({u[0]} * 240 AS INTEGER) % 240 AS area, CAST(floor(pow({u[1]}, 3) * 80) AS INTEGER) AS town, "
        f"DATE '2010-01-01' + CAST({u[2]} * 3650 AS INTEGER) AS day, "
        f"CAST(floor(pow({u[3]}, 2) * 12) AS INTEGER) AS foe, "
        f"CAST(floor(-ln(1 - {u[4]}) * 4) AS INTEGER) AS deaths, CAST(floor({u[5]} * 3) AS INTEGER) + 1 AS violence"
    )
    lat = "area % 15 * 8 - 56 + (hash(area * 100 + town) % 400) / 100.0"
    lon = "area // 15 * 22 - 175 + (hash(area * 100 + town + 7) % 600) / 100.0"
    common = {
        "record_status": "'final'",
        "event_level": "'incident'",
        "coder": "'made/1.0'",
        "reviewed": "false",
        "initiator": "'not_coded'",
        "country": "NULL",
        "place_name": "'Town ' || area || '-' || town",
    }
    government, foe = "'Government of Area ' || area", "'Front ' || area || ' ' || chr(97 + foe) || 'aa'"
    one = {
        "event_id": "'ucdp_ged:' || i",
        "origin": "'ucdp_ged'",
        "violence_type": "violence",
        "date_start": f"CASE WHEN {u[6]} < 0.1 THEN date_trunc('month', day) ELSE day END",
        "date_end": f"CASE WHEN {u[6]} < 0.1 THEN last_day(day) ELSE day END",
        "date_precision": f"CASE WHEN {u[6]} < 0.1 THEN 4 ELSE 1 END",
        "latitude": f"CASE WHEN {u[7]} < 0.05 THEN area % 15 * 8 - 54 ELSE {lat} END",
        "longitude": f"CASE WHEN {u[7]} < 0.05 THEN area // 15 * 22 - 172 ELSE {lon} END",
        "where_precision": f"CASE WHEN {u[7]} < 0.05 THEN 4 ELSE 1 END",
        "side_a": f"CASE WHEN violence = 1 THEN {government} ELSE {foe} END",
        "side_b": f"CASE WHEN violence = 1 THEN {foe} WHEN violence = 2 THEN 'Militia of Town ' || area || ' ' || town "
        "ELSE 'Civilians' END",
        "deaths_low": "deaths",
        "deaths_best": "deaths",
        "deaths_high": "deaths + 2",
    }
    late = f"CAST(CASE WHEN {u[8]} < 0.04 THEN 7 WHEN {u[8]} < 0.12 THEN 1 + i % 2 ELSE 0 END AS INTEGER)"
    acting = (
        f"CASE WHEN violence = 1 THEN 'Military Forces of Area ' || area || ' (2010-)' ELSE {foe} || ' Movement' END"
    )
    other = (
        f"CASE WHEN {u[9]} < 0.1 THEN NULL WHEN violence = 1 THEN {foe} || ' Movement' WHEN violence = 2 THEN "
        "'Town ' || area || ' ' || town || ' Communal Militia' ELSE 'Civilians (Area ' || area || ')' END"
    )
    two = {
        "event_id": "'acled:' || i",
        "origin": "'acled'",
        "event_type": "CASE WHEN violence = 3 THEN 'violence_against_civilians' WHEN i % 4 = 0 THEN "
        "'explosions_remote_violence' ELSE 'battles' END",
        "date_start": f"day + {late}",
        "date_end": f"day + {late}",
        "date_precision": "1",
        "latitude": f"{lat} + CASE WHEN {u[10]} < 0.15 THEN 0.12 ELSE 0.004 END",
        "longitude": lon,
        "where_precision": f"CASE WHEN {u[10]} < 0.15 THEN 2 ELSE 1 END",
        "side_a": f"CASE WHEN i % 2 = 0 THEN {acting} ELSE {other} END",
        "side_b": f"CASE WHEN i % 2 = 0 THEN {other} ELSE {acting} END",
        "deaths_best": f"CASE WHEN {u[11]} < 0.33 THEN CAST(deaths * (0.5 + {u[12]}) AS INTEGER) ELSE deaths END",
    }
    first = int(rows * (1 - MATCHED))
    written = []
    for name, values, numbers in (("ucdp_ged", one, (0, rows)), ("acled", two, (first, first + rows))):
        path = folder / f"{name}.parquet"
        columns = [
            f"CAST({({**common, **values}).get(c.name, 'NULL')} AS {ACCEPTED[c.type][0]}) AS {c.name}"
            for c in schema.table("events").columns
        ]
        duckdb.connect().execute(
            f"COPY (SELECT {', '.join(columns)} FROM ({truth} FROM range({numbers[0]}, {numbers[1]}) AS r(i))) "
            f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )
        written.append(path)
    return written


def linked(paths: Sequence[str], rows: int, limit: str | None) -> dict[str, object]:
    """Link the two files: seconds, and how many of the links and of the true matches are right."""
    import conflict_events as ce

    start = time.perf_counter()
    found = ce.link(list(paths), memory_limit=limit)
    seconds = time.perf_counter() - start
    con = duckdb.connect()
    con.register("links", found.links)
    [(right,)] = con.execute(
        "SELECT count_if(split_part(event_id_1, ':', 2) = split_part(event_id_2, ':', 2)) FROM links"
    ).fetchall()
    there = int(rows * MATCHED)
    summary = found.summary
    return {
        "seconds": round(seconds, 1),
        "pairs": summary.pairs,
        "links": summary.links,
        "precision": round(right / max(1, summary.links), 3),
        "recall": round(right / max(1, there), 3),
        "too_large": summary.too_large,
        "left_out": dict(summary.left_out),
    }


def main(given: Sequence[str] | None = None) -> None:
    """Measure each size in a process of its own and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", help="events on each side")
    parser.add_argument("--limit", help="most memory for the engine")
    parser.add_argument("--cap", type=float, default=1800, help="seconds after which a run is given up")
    parser.add_argument("--inside", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args(given)
    if options.inside:
        print(json.dumps(linked(options.inside, options.rows[0], options.limit)))
        return
    runs = []
    for rows in options.rows or [100_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as name:
            paths = sides(Path(name), rows)
            limit = ["--limit", options.limit] if options.limit else []
            command = [sys.executable, "-m", "tests.benchmarks.link_events", "--rows", str(rows), *limit, "--inside"]
            run = measure.run([*command, *map(str, paths)], options.cap)
        told = json.loads(run.said or "{}")
        runs.append({"rows_a_side": rows, **told, "peak_mb": run.peak_mb, "failed": run.failed})
    print(
        json.dumps({"runs": runs, "limit": options.limit, "duckdb": duckdb.__version__, **measure.machine()}, indent=1)
    )


if __name__ == "__main__":
    main()
