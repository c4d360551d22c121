"""The weights of `features` as SQL: each candidate pair gets the level of every feature, and the sum of their bits.

A pair is scored first without its sides, which cost most to compare, and dropped where even full agreement of the
sides would not lift it to the threshold. Nothing is lost by that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from conflict_events.linking import names
from conflict_events.linking.features import FEATURES, PRIOR, SIDES, Feature, tenths

if TYPE_CHECKING:
    import duckdb

MEASURED = "gap, span, km, room, same_spot, like_spot, kind, best_a, low_a, high_a, best_b, low_b, high_b"
"""Columns of `edges` that the levels and the words read, besides x, y and full."""

LARGEST = tenths(abs(PRIOR)) + sum(max(abs(tenths(one.bits)) for one in f.levels) for f in FEATURES) + 1
"""Tenths of bits that no sum reaches, on either side of zero."""

_TOGETHER = (("a", "a"), ("b", "b"), ("a", "b"), ("b", "a"))
"""Which side of the one event is compared with which of the other."""

_CHEAP = tuple(feature for feature in FEATURES if feature is not SIDES)


def least_tenths(threshold: float) -> int:
    """The least sum, in tenths of a bit, whose score is `threshold` or more; no pair's sum lies beyond LARGEST."""
    return next((sums for sums in range(-LARGEST, LARGEST) if score(sums) >= threshold), LARGEST)


def score(sum_tenths: int) -> float:
    """The score of a sum of tenths of bits: 1 / (1 + 2^-bits)."""
    return 1.0 / (1.0 + math.pow(2.0, -sum_tenths / 10))


def level(feature: Feature) -> str:
    """The SQL that gives the number of the feature's level, from 1; 0 where it says nothing."""
    cases = " ".join(f"WHEN {one.when} THEN {number}" for number, one in enumerate(feature.levels, 1))
    return f"CASE {cases} ELSE 0 END::TINYINT"


def worth(feature: Feature) -> str:
    """The SQL that gives the tenths of bits of the feature's level, which stands in the column `level_NAME`."""
    cases = " ".join(f"WHEN {number} THEN {tenths(one.bits)}" for number, one in enumerate(feature.levels, 1))
    return f"CASE level_{feature.name} {cases} ELSE 0 END"


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table `edges`: a pair, what was measured of it, its levels and their sum in tenths of bits."""
    _weigh(con, "SELECT 0 AS a, 0 AS b, 0::DOUBLE AS km LIMIT 0", 0)
    con.execute(f"CREATE TEMP TABLE edges AS {_sided(0)}")


def add(con: duckdb.DuckDBPyConnection, pairs: str, threshold: int) -> None:
    """Score the pairs that the SQL gives; those that reach the threshold (tenths of bits) go into `edges`."""
    _weigh(con, pairs, threshold)
    con.execute(f"INSERT INTO edges {_sided(threshold)}")


def _weigh(con: duckdb.DuckDBPyConnection, pairs: str, threshold: int) -> None:
    """Make `weighed`, the pairs that may reach the threshold, without their sides, and `alike` for their names."""
    most = max(tenths(one.bits) for one in SIDES.levels)
    measured = (
        f"SELECT p.a, p.b, {_named()}, greatest(0, e.first - f.last, f.first - e.last) AS gap, "
        "greatest(e.last - e.first, f.last - f.first) + 1 AS span, p.km, e.reach + f.reach AS room, "
        "coalesce(e.spot = f.spot, false) AS same_spot, coalesce(e.like_spot = f.like_spot, false) AS like_spot, "
        "k.level AS kind, "
        "e.best AS best_a, e.low AS low_a, e.high AS high_a, f.best AS best_b, f.low AS low_b, f.high AS high_b "
        f"FROM ({pairs}) AS p JOIN ev AS e ON e.n = p.a JOIN ev AS f ON f.n = p.b "
        "LEFT JOIN kind_pairs AS k ON k.one = e.kind AND k.other = f.kind "
        "WHERE e.event_id IS DISTINCT FROM f.parent_event_id AND f.event_id IS DISTINCT FROM e.parent_event_id"
    )
    leveled = f"SELECT *, {', '.join(f'{level(f)} AS level_{f.name}' for f in _CHEAP)} FROM ({measured})"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE weighed AS SELECT *, {tenths(PRIOR)} + {' + '.join(worth(f) for f in _CHEAP)} "
        f"AS partly FROM ({leveled}) WHERE partly + {most} >= {threshold}"
    )
    names.compare(con, " UNION ALL ".join(f"SELECT e{p} AS one, f{q} AS other FROM weighed" for p, q in _TOGETHER))


def _named() -> str:
    """ea, eb, fa, fb: the names of both events' sides; i before it: the actors."""
    return ", ".join(
        f"{event}.name_{side} AS {event}{side}, {event}.actor_{side} AS i{event}{side}"
        for event in "ef"
        for side in "ab"
    )


def _sided(threshold: int) -> str:
    """The SQL that compares the sides of the pairs in `weighed`, and gives the rows of `edges`."""
    likened = f"SELECT m.*, {_likeness()} FROM weighed AS m {_joins()}"
    # the sides go together as they stand or swapped, whichever is more alike: the order is no direction everywhere
    straight, crossed = (f"coalesce({one}, 0) + coalesce({two}, 0)" for one, two in (("aa", "bb"), ("ab", "ba")))
    unnamed = " + ".join(f"({name} IS NULL)::INTEGER" for name in ("ea", "eb", "fa", "fb"))
    turned = (
        f"SELECT *, {crossed} > {straight} OR (aa IS NULL AND bb IS NULL) AS swapped, "
        "CASE WHEN swapped THEN ab ELSE aa END AS x, CASE WHEN swapped THEN ba ELSE bb END AS y, "
        f'{unnamed} <= 1 AS "full" FROM ({likened})'
    )
    sided = f"SELECT *, {level(SIDES)} AS level_{SIDES.name} FROM ({turned})"
    kept = ", ".join(f"level_{f.name}" for f in FEATURES)
    return (
        f'SELECT a, b, {MEASURED}, swapped, x, y, "full", {kept}, (partly + {worth(SIDES)})::INTEGER AS tenths '
        f"FROM ({sided}) WHERE tenths >= {threshold}"
    )


def _likeness() -> str:
    """aa, bb, ab, ba: how alike the sides are, from 0 to 1 (the same name or actor); null where one is not named."""
    return ", ".join(
        f"CASE WHEN m.ie{p} = m.if{q} OR m.e{p} = m.f{q} THEN 1.0 WHEN m.e{p} IS NOT NULL AND m.f{q} IS NOT NULL "
        f"THEN coalesce(s{p}{q}.alike, 0) END AS {p}{q}"
        for p, q in _TOGETHER
    )


def _joins() -> str:
    return " ".join(
        f"LEFT JOIN alike AS s{p}{q} ON s{p}{q}.one = m.e{p} AND s{p}{q}.other = m.f{q}" for p, q in _TOGETHER
    )
