"""The macros beside the best SQL written by hand for the same rows, and within little memory.

Run from the project's root: python -m tests.benchmarks.query_macros [--rows 10000000] [--times 5] [--limit 300MB]
The events are invented: 5,000 towns, a few of which have most of them, in no order of place. Macro and hand-written
query take turns in one process, their results written into a temporary table; told are the medians of wall and
processor time and their ratios. What the hand-written queries leave out: the check that events are of one origin,
policies and coverage (country_month); the check of the arguments, circles over a pole or the antimeridian
(events_within). Then the aggregating macros run under a memory limit of the engine's, smaller than the file.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

import conflict_events as ce
from conflict_events.schema import vocabulary
from tests.benchmarks import made, measure

_TOWN = "CAST(floor(5000 * pow((hash(i + 20) % 1000000) / 1e6, 3)) AS BIGINT)"
_START = "DATE '1989-01-01' + CAST(hash(i) % 13400 AS INTEGER)"
_VALUES = {
    "record_status": "CASE WHEN hash(i + 30) % 100 < 2 THEN 'claim' WHEN hash(i + 30) % 100 < 30 THEN 'candidate' "
    "ELSE 'final' END",
    "date_start": _START,
    "date_end": f"{_START} + CASE WHEN hash(i + 31) % 10 = 0 THEN CAST(hash(i + 32) % 30 AS INTEGER) ELSE 0 END",
    "country": f"{list(vocabulary.codes('country'))[:120]}[1 + {_TOWN} % 120]",
    "admin1": f"CASE WHEN hash(i + 33) % 12 > 0 THEN 'Province ' || ({_TOWN} % 1200) END",
    "place_name": f"'Town ' || {_TOWN}",
    "latitude": f"CAST(hash({_TOWN}) % 1000 AS BIGINT) / 10.0 - 35 + CAST(hash(i + 5) % 20000 AS BIGINT) / 1e5",
    "longitude": f"CAST(hash({_TOWN} + 7) % 3000 AS BIGINT) / 10.0 - 150 + CAST(hash(i + 6) % 20000 AS BIGINT) / 1e5",
    "deaths_low": "CASE WHEN hash(i + 10) % 10 > 3 THEN hash(i + 7) % 5 END",
    "deaths_best": "CASE WHEN hash(i + 10) % 10 > 1 THEN hash(i + 7) % 5 + hash(i + 8) % 20 END",
    "deaths_high": "CASE WHEN hash(i + 10) % 10 > 4 THEN hash(i + 7) % 5 + hash(i + 8) % 20 + hash(i + 9) % 40 END",
}
MONTHS_BY_HAND = """
SELECT
    country,
    CAST(date_trunc('month', date_start) AS DATE) AS month,
    CAST(count(*) AS DOUBLE) AS n_events,
    CAST(sum(CASE WHEN deaths_best IS NOT NULL THEN coalesce(deaths_low, 0) END) AS DOUBLE) AS deaths_low,
    CAST(sum(deaths_best) AS DOUBLE) AS deaths_best,
    CAST(sum(coalesce(deaths_high, deaths_best)) AS DOUBLE) AS deaths_high,
    CAST(count(*) - count(deaths_low) AS DOUBLE) AS n_without_low,
    CAST(count(*) - count(deaths_best) AS DOUBLE) AS n_without_best,
    CAST(count(*) - count(deaths_high) AS DOUBLE) AS n_without_high,
    CAST(count_if(date_end > last_day(date_start)) AS DOUBLE) AS n_spanning
FROM events
WHERE record_status NOT IN ('claim', 'withdrawn')
GROUP BY ALL
ORDER BY ALL"""
AGGREGATES = (
    "country_month()",
    "country_month(spanning := 'days')",
    "country_month(dedupe := true)",
    "admin_month()",
    "admin_month(unplaced := 'distribute', spanning := 'days')",
    "grid_month()",
    "grid_month(unplaced := 'distribute')",
    "dyad_history()",
    "side_deaths()",
)


def radius_by_hand(lat: float, lon: float) -> str:
    """50 km around a point, by a box whose half widths somebody worked out."""
    km = (
        f"2 * 6371.0088 * asin(sqrt(pow(sin(radians(latitude - {lat}) / 2), 2) + cos(radians({lat})) * "
        f"cos(radians(latitude)) * pow(sin(radians(longitude - {lon}) / 2), 2)))"
    )
    reach = 0.4503 / math.cos(math.radians(lat))
    return (
        f"SELECT *, {km} AS distance_km FROM events WHERE latitude BETWEEN {lat - 0.45} AND {lat + 0.45} "
        f"AND longitude BETWEEN {lon - reach} AND {lon + reach} AND {km} <= 50 ORDER BY distance_km, event_id"
    )


def compare(con: duckdb.DuckDBPyConnection, hand: str, macro: str, times: int) -> dict[str, float]:
    """Medians of both in seconds of wall and of the processors, and the macro's over the other's."""
    taken: dict[str, list[tuple[float, float]]] = {hand: [], macro: []}
    for turn in range(times + 1):
        for query, runs in taken.items():
            wall, cpu = time.perf_counter(), time.process_time()
            con.execute(f"CREATE OR REPLACE TEMP TABLE result AS {query}")
            if turn:  # the first reads the file into the system's memory
                runs.append((time.perf_counter() - wall, time.process_time() - cpu))
    (hand_wall, hand_cpu), (macro_wall, macro_cpu) = (
        tuple(statistics.median(column) for column in zip(*taken[query], strict=True)) for query in (hand, macro)
    )
    found = {
        "hand_s": hand_wall,
        "macro_s": macro_wall,
        "ratio": macro_wall / hand_wall,
        "cpu_ratio": macro_cpu / hand_cpu,
    }
    return {name: round(value, 3) for name, value in found.items()}


def within(path: Path, limit: str, call: str) -> str | float:
    """Seconds that the macro takes under the memory limit, or what DuckDB says where it does not end."""
    with ce.connect(path) as con, tempfile.TemporaryDirectory() as spill:
        for setting in (f"memory_limit = '{limit}'", f"temp_directory = '{spill}'", "threads = 2"):
            con.execute(f"SET {setting}")
        begun = time.perf_counter()
        try:
            con.execute(f"CREATE TEMP TABLE result AS FROM {call}")
        except duckdb.OutOfMemoryException as error:
            return str(error).splitlines()[0]
        return round(time.perf_counter() - begun, 1)


def main(given: Sequence[str] | None = None, say: Callable[[str], None] = print) -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--limit", default="300MB")
    parser.add_argument("--file", type=Path, help="events made before, or where to keep them")
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "events.parquet"
        if not path.exists():
            made.events(path, options.rows, values=_VALUES)
        with ce.connect(path) as con:
            [[lat, lon]] = con.execute(
                "SELECT avg(latitude), avg(longitude) FROM events WHERE place_name = 'Town 1'"
            ).fetchall()
            same = "SELECT count(*) FROM (SELECT * EXCLUDE covered FROM country_month() EXCEPT " + MONTHS_BY_HAND + ")"
            result = {
                "rows": options.rows,
                "file_mb": path.stat().st_size // 2**20,
                "country_month_differs": con.execute(same).fetchall()[0][0],
                "country_month": compare(con, MONTHS_BY_HAND, "FROM country_month()", options.times),
                "events_within_50_km": compare(
                    con, radius_by_hand(lat, lon), f"FROM events_within({lat}, {lon}, 50)", options.times
                ),
                "found": con.execute(f"SELECT count(*) FROM events_within({lat}, {lon}, 50)").fetchall()[0][0],
            }
        result["limit"] = options.limit
        result["seconds_within_limit"] = {call: within(path, options.limit, call) for call in AGGREGATES}
    say(json.dumps({**result, "duckdb": duckdb.__version__, **measure.machine()}, indent=1))


if __name__ == "__main__":
    main()
