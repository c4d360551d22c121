"""The events as the matcher sees them: whole numbers for names and days, unit vectors for points.

Days are whole numbers since 1970, points are vectors on the unit sphere: the distance of two is then the same from
both sides, to the last bit, and costs no trigonometry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_events.linking import kinds, names
from conflict_events.linking.windows import REACH_KM, Windows

if TYPE_CHECKING:
    import duckdb

LEFT_OUT = (
    "withdrawn",
    "claim",
    "without dates",
    "dates out of order",
    "dates too wide",
    "neither point, country nor side",
)
"""Why an event is not compared, in the order in which the reasons are looked for."""

_ON_EARTH = "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180"


def prepare(con: duckdb.DuckDBPyConnection, windows: Windows) -> None:
    """Make the tables `ev` (one row an event that takes part), `left_out` (event_id, reason), `names`,
    `kinds` and `kind_pairs` from the view `given`."""
    names.make(con)
    names.places(con)
    con.execute(f"CREATE TEMP TABLE left_out AS SELECT event_id, reason FROM ({_reasoned(windows)}) WHERE reason <> ''")
    con.execute(
        "CREATE TEMP TABLE kinds AS SELECT row_number() OVER (ORDER BY event_type, event_subtype, violence_type)"
        "::INTEGER AS kind, * FROM "
        "(SELECT DISTINCT event_type, event_subtype, violence_type FROM given)"
    )
    kinds.judge(con)
    for table, texts in (
        ("origins", "coalesce(origin, 'unknown origin')"),
        ("actors", "unnest([side_a_id, side_b_id])"),
    ):
        con.execute(
            f"CREATE TEMP TABLE {table} AS SELECT row_number() OVER (ORDER BY text)::INTEGER AS number, text "
            f"FROM (SELECT DISTINCT {texts} AS text FROM given) WHERE text <> ''"
        )
    con.execute(f"CREATE TEMP TABLE ev AS {_numbered()}")


def _reasoned(windows: Windows) -> str:
    tests = (
        "record_status = 'withdrawn'",
        "false" if windows.claims else "record_status = 'claim'",
        "date_start IS NULL OR date_end IS NULL",
        "date_end < date_start",
        f"date_end - date_start >= {windows.longest}",
        f"NOT coalesce({_pointed()}, false) AND side_a IS NULL AND side_b IS NULL",
    )
    cases = " ".join(f"WHEN {test} THEN '{reason}'" for test, reason in zip(tests, LEFT_OUT, strict=True))
    return f"SELECT *, CASE {cases} ELSE '' END AS reason FROM given"


def _pointed() -> str:
    """Whether the event has a point that says where it was."""
    known = ", ".join(str(code) for code in REACH_KM if code is not None)
    return f"({_ON_EARTH} AND coalesce(where_precision IN ({known}), true))"


def _numbered() -> str:
    reach = " ".join(f"WHEN {code} THEN {km}" for code, km in REACH_KM.items() if code is not None)
    return (
        "SELECT row_number() OVER (ORDER BY e.event_id)::INTEGER AS n, e.event_id, e.parent_event_id, "
        "o.number AS origin, coalesce(e.event_level = 'aggregate', false) AS is_aggregate, "
        "(e.date_start - DATE '1970-01-01')::INTEGER AS first, (e.date_end - DATE '1970-01-01')::INTEGER AS last, "
        f"coalesce({_pointed()}, false) AS pointed, "
        f"CASE WHEN pointed THEN CASE e.where_precision {reach} ELSE {REACH_KM[None]} END END::DOUBLE AS reach, "
        "CASE WHEN pointed THEN e.latitude END AS lat, CASE WHEN pointed THEN e.longitude END AS lon, "
        "cos(radians(lat)) * cos(radians(lon)) AS ux, cos(radians(lat)) * sin(radians(lon)) AS uy, "
        "sin(radians(lat)) AS uz, e.country, p.spot, p.like_spot, k.kind, "
        "na.name AS name_a, nb.name AS name_b, "
        "ia.number AS actor_a, ib.number AS actor_b, e.deaths_best AS best, "
        "coalesce(e.deaths_low, e.deaths_best) AS low, coalesce(e.deaths_high, e.deaths_best) AS high, "
        "e.event_cluster_id AS cluster FROM given AS e JOIN kinds AS k "
        "ON k.event_type IS NOT DISTINCT FROM e.event_type AND k.event_subtype IS NOT DISTINCT FROM e.event_subtype "
        "AND k.violence_type IS NOT DISTINCT FROM e.violence_type "
        "JOIN origins AS o ON o.text = coalesce(e.origin, 'unknown origin') "
        "LEFT JOIN places AS p ON p.text = e.place_name "
        "LEFT JOIN names AS na ON na.text = e.side_a LEFT JOIN names AS nb ON nb.text = e.side_b "
        "LEFT JOIN actors AS ia ON ia.text = e.side_a_id LEFT JOIN actors AS ib ON ib.text = e.side_b_id "
        "WHERE e.event_id NOT IN (SELECT event_id FROM left_out)"
    )
