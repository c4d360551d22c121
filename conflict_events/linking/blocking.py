"""Which pairs are compared: found by joining blocks of space and time, never by comparing all with all.

An event takes up a disc (its reach and half of `km`) and a span (its days and `days` more). Two events lie within
the windows exactly where the discs touch and the spans meet, and then the discs share a cell of the grid and the
spans a bucket of days: an event is entered in each cell and bucket that it touches, and equal keys are joined.
The grid's rows are equally high; a row has the fewer cells the nearer it is to a pole, so that cells are of like
size and the antimeridian and the poles are no exceptions. Most pairs meet in several blocks: they are taken in the
one that holds the first cell and bucket of both; the few that cannot tell theirs are made single later.

Events without a point of use are compared with those of their country (or of an unknown one) that share a telling
word of a side's name, or the consonants of the place's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_events.linking.windows import EARTH_KM, Windows

if TYPE_CHECKING:
    import duckdb

PAIRS_AT_ONCE = 20_000_000
"""Pairs of blocks joined in one statement, which bounds what the engine holds."""

_SLACK = 1e-6
"""Degrees (0.1 m) by which boxes are larger, so that rounding never parts two discs that touch."""


def enter(con: duckdb.DuckDBPyConnection, windows: Windows) -> None:
    """Make `blocks` and `name_blocks`, each event once for each block that it touches, and `block_sizes` and
    `name_block_sizes`, the pairs that each makes."""
    width = max(8, 2 * windows.days)
    bucket = f"floor(first / {width})::INTEGER"
    buckets = f"unnest(range({bucket}, floor((last + {windows.days}) / {width})::INTEGER + 1))::INTEGER AS bucket"
    con.execute(
        f"CREATE TEMP TABLE blocks AS SELECT n, origin, is_aggregate, first, last, reach, ux, uy, uz, bucket, "
        f"bucket = {bucket} AS is_first_bucket, y = y0 AS is_first_row, x = x0 AS is_first_cell, "
        "x0 < 0 OR x1 >= nx OR all_round AS goes_round, "
        "(y::BIGINT * 100000 + (x % nx + nx) % nx) * 1000000 + bucket AS key "
        f"FROM (SELECT *, {buckets} FROM ({_in_cells(windows.km)}))"
    )
    con.execute(
        "CREATE TEMP TABLE name_blocks AS "
        "SELECT DISTINCT n, origin, pointed, bucket, word || '|' || bucket AS key FROM "
        # one unnest inside the other: side by side they would run in step
        f"(SELECT n, origin, pointed, word, {buckets} FROM (SELECT e.*, unnest(s.words) AS word "
        "FROM ev AS e JOIN names AS s ON s.name = e.name_a OR s.name = e.name_b UNION ALL BY NAME "
        # no name of a side has such a word
        "SELECT e.*, '@' || like_spot AS word FROM ev AS e WHERE like_spot IS NOT NULL) "
        "WHERE EXISTS (SELECT 1 FROM ev WHERE NOT pointed))"
    )
    apart = "" if windows.within else " - sum(c * (c - 1) // 2)"
    con.execute(
        f"CREATE TEMP TABLE block_sizes AS SELECT key, bucket, (sum(c) * (sum(c) - 1) // 2{apart})::BIGINT AS pairs "
        "FROM (SELECT key, origin, bucket, count(*) AS c FROM blocks GROUP BY key, origin, bucket) "
        "GROUP BY key, bucket HAVING pairs > 0"
    )
    con.execute(
        "CREATE TEMP TABLE name_block_sizes AS SELECT key, (sum(c) * sum(unpointed)"
        f"{'' if windows.within else ' - sum(c * unpointed)'})::BIGINT AS pairs "
        "FROM (SELECT key, origin, count(*) AS c, count_if(NOT pointed) AS unpointed FROM name_blocks "
        "GROUP BY key, origin) GROUP BY key HAVING pairs > 0"
    )


def _in_cells(km: float) -> str:
    """The SQL that gives every event with a point once for each cell (y, x) that its disc may touch."""
    height = max(0.5, km / 111)
    rows, high, radius, half = int(180 / height) + 1, _double(height), _double(EARTH_KM), _double(km / 2)
    disc = (
        f"SELECT *, (reach + {half}) / {radius} AS angle, degrees(angle) + {_double(_SLACK)} AS tall, "
        f"greatest(0, floor((lat - tall + 90) / {high}))::INTEGER AS y0, "
        f"least({rows - 1}, floor((lat + tall + 90) / {high}))::INTEGER AS y1, "
        # just short of a pole asin loses its precision: the box goes round a little early
        "CASE WHEN abs(lat) + tall >= 89.99 THEN 360.0 "
        f"ELSE degrees(asin(least(1.0, sin(angle) / cos(radians(lat))))) + {_double(_SLACK)} END AS wide "
        "FROM ev WHERE pointed"
    )
    in_rows = f"SELECT *, unnest(range(y0, y1 + 1))::INTEGER AS y FROM ({disc})"
    # the row's edge that is nearer to the equator says how many cells about as wide as high go round
    edge = f"least(abs(y * {high} - 90), abs((y + 1) * {high} - 90))"
    counted = f"SELECT *, greatest(1, floor(360 / {high} * cos(radians({edge}))))::INTEGER AS nx FROM ({in_rows})"
    west, east = (f"floor((lon {sign} wide + 180) / 360 * nx)::INTEGER" for sign in "-+")
    box = (
        f"SELECT *, wide >= 180 OR {east} - {west} + 1 >= nx AS all_round, "
        f"CASE WHEN all_round THEN 0 ELSE {west} END AS x0, CASE WHEN all_round THEN nx - 1 ELSE {east} END AS x1 "
        f"FROM ({counted})"
    )
    return f"SELECT *, unnest(range(x0, x1 + 1))::INTEGER AS x FROM ({box})"


def _double(number: float) -> str:
    """The number as SQL of type DOUBLE: without an exponent it would be a DECIMAL, which overflows."""
    return f"{number:.17e}"


def candidates(con: duckdb.DuckDBPyConnection, windows: Windows) -> list[str]:
    """SQL, one statement a portion, that gives the pairs within the windows: a, b (a < b), km (null where an event
    has no point). A pair may come more than once."""
    near = [_near(windows, first, last) for first, last in _portions(con, windows.max_block)]
    return [*near, _by_name(windows)]


def _portions(con: duckdb.DuckDBPyConnection, largest: int) -> list[tuple[int, int]]:
    """Ranges of buckets, both ends included, that make up to PAIRS_AT_ONCE pairs each."""
    return con.execute(
        "SELECT min(bucket), max(bucket) FROM (SELECT bucket, (sum(pairs) OVER (ORDER BY bucket) - pairs) // "
        f"{PAIRS_AT_ONCE} AS portion FROM (SELECT bucket, sum(pairs) AS pairs FROM block_sizes "
        f"WHERE pairs <= {largest} GROUP BY bucket)) GROUP BY portion ORDER BY portion"
    ).fetchall()


def _near(windows: Windows, first: int, last: int) -> str:
    mixed = "true" if windows.across_levels else "a.is_aggregate = b.is_aggregate"
    others = "true" if windows.within else "a.origin <> b.origin"
    chord = "sqrt((a.ux - b.ux) * (a.ux - b.ux) + (a.uy - b.uy) * (a.uy - b.uy) + (a.uz - b.uz) * (a.uz - b.uz))"
    portion = (
        f"(FROM blocks WHERE bucket BETWEEN {first} AND {last} AND key IN "
        f"(SELECT key FROM block_sizes WHERE pairs <= {windows.max_block} AND bucket BETWEEN {first} AND {last}))"
    )
    return (
        f"SELECT a.n AS a, b.n AS b, {_double(2 * EARTH_KM)} * asin(least(1.0, {chord} / 2)) AS km "
        f"FROM {portion} AS a JOIN {portion} AS b ON a.key = b.key AND a.n < b.n AND {others} AND {mixed} "
        f"WHERE a.first <= b.last + {windows.days} AND b.first <= a.last + {windows.days} "
        "AND (a.is_first_bucket OR b.is_first_bucket) AND (a.is_first_row OR b.is_first_row) "
        "AND (a.is_first_cell OR b.is_first_cell OR a.goes_round OR b.goes_round) "
        f"AND km <= {_double(windows.km)} + a.reach + b.reach"
    )


def _by_name(windows: Windows) -> str:
    return (
        "SELECT DISTINCT least(p.n, q.n) AS a, greatest(p.n, q.n) AS b, NULL::DOUBLE AS km "
        "FROM name_blocks AS p JOIN name_blocks AS q ON p.key = q.key AND p.n <> q.n AND NOT p.pointed "
        "JOIN ev AS e ON e.n = p.n JOIN ev AS f ON f.n = q.n "
        f"WHERE p.key IN (SELECT key FROM name_block_sizes WHERE pairs <= {windows.max_name_block}) "
        f"AND e.first <= f.last + {windows.days} AND f.first <= e.last + {windows.days} "
        f"AND {'true' if windows.within else 'e.origin <> f.origin'} "
        f"AND {'true' if windows.across_levels else 'e.is_aggregate = f.is_aggregate'} "
        "AND (e.country = f.country OR e.country IS NULL OR f.country IS NULL)"
    )


def skipped(con: duckdb.DuckDBPyConnection, windows: Windows) -> tuple[int, int]:
    """Blocks that were too large to be compared, and the pairs (some of them counted in several blocks) in them."""
    [(blocks, pairs)] = con.execute(
        "SELECT count(*), coalesce(sum(pairs), 0)::BIGINT FROM ("
        f"SELECT pairs FROM block_sizes WHERE pairs > {windows.max_block} UNION ALL "
        f"SELECT pairs FROM name_block_sizes WHERE pairs > {windows.max_name_block})"
    ).fetchall()
    return blocks, pairs
