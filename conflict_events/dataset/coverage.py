"""What a release covers, counted from its tables: the `COVERAGE.md` of a release.

A week without an event is not a week of peace: it says that nothing was told in what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from conflict_events.dataset.accounts import told, voices

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

HEAD = """\
# What this release covers

Counted from the tables when they were built. A week or a place without events says that nothing was told in what was
read, not that nothing happened.
"""
TABLES = ("events", "reports", "casualties", "sources", "publishers")


def markdown(tables: Mapping[str, pa.Table]) -> str:
    """The page, in Markdown. tables: every one of `TABLES`."""
    import duckdb

    with duckdb.connect() as con:
        for name in TABLES:
            con.register(name, tables[name])
        con.register("_independent", _independent(tables))
        counts = ", ".join(f"count_if({condition})" for condition in FOUNDED.values())
        [founded] = con.execute(f"SELECT {counts} FROM events JOIN _independent USING (event_id)").fetchall()
        rows = zip(FOUNDED, founded, strict=True)
        parts = [HEAD, f"## How exact, how well founded\n\n{_table(('events', 'count'), rows)}"]
        for title, header, query in SECTIONS:
            parts.append(f"## {title}\n\n{_table(header, con.execute(query).fetchall())}")
        parts.append(f"## By week and first division\n\n{_weeks(con)}")
    return "\n".join(parts)


FOUNDED = {
    "all": "true",
    "final: looked at a second time": "record_status = 'final'",
    "candidate: coded once": "record_status = 'candidate'",
    "told by two or more independent publishers": "voices >= 2",
    "dated to the day": "date_precision = 1",
    "dated to a week or less": "date_precision <= 3",
    "with a point": "latitude IS NOT NULL",
    "with the point of the place itself": "where_precision = 1",
    "with a best figure of the dead": "deaths_best IS NOT NULL",
    "with a best figure and an open high": "deaths_best IS NOT NULL AND deaths_high IS NULL",
}
"""What is said of events, and the SQL that is true of those it is said of."""

SECTIONS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "By kind",
        ("event_type", "event_subtype", "events", "final", "with a best figure of the dead"),
        "SELECT event_type, event_subtype, count(*), count_if(record_status = 'final'), "
        "count_if(deaths_best IS NOT NULL) FROM events GROUP BY ALL ORDER BY count(*) DESC, 1, 2",
    ),
    (
        "Who tells it",
        ("claimant", "reports", "with killed of side a", "of side b", "civilians", "of an unknown side"),
        "SELECT coalesce(claimant_type, 'not told'), count(DISTINCT report_id), "
        + ", ".join(
            f"count(DISTINCT report_id) FILTER (harm = 'killed' AND side = '{side}' AND best IS NOT NULL)"
            for side in ("a", "b", "civilians", "unknown")
        )
        + " FROM reports LEFT JOIN casualties USING (report_id) GROUP BY 1 ORDER BY 2 DESC, 1",
    ),
    (
        "Articles by kind of publisher",
        ("publisher", "articles", "reports", "publishers"),
        "SELECT coalesce(kind, 'other'), count(DISTINCT source_id), count(report_id), count(DISTINCT publisher_id) "
        "FROM sources JOIN publishers USING (publisher_id) LEFT JOIN reports USING (source_id) "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
    ),
    (
        "Publishers with 20 reports or more, and what is said of them",
        ("publisher", "reports", "stance", "where it is stated"),
        "SELECT name, count(report_id), any_value(stance), any_value('<' || stance_source || '>') FROM publishers "
        "JOIN sources USING (publisher_id) JOIN reports USING (source_id) GROUP BY publisher_id, name "
        "HAVING count(report_id) >= 20 ORDER BY 2 DESC, 1",
    ),
    (
        "Articles by language",
        ("language", "articles"),
        "SELECT language, count(*) FROM sources GROUP BY 1 ORDER BY 2 DESC, 1",
    ),
)
"""Title, header and query of each table of the page."""


def _independent(tables: Mapping[str, pa.Table]) -> pa.Table:
    """How many independent voices tell of each event, by the rule of `accounts`."""
    import pyarrow as pa

    reports: dict[str, list[dict[str, Any]]] = {}
    for report in tables["reports"].to_pylist():
        reports.setdefault(report["event_id"], []).append(report)
    sources = {row["source_id"]: row for row in tables["sources"].to_pylist()}
    counts = [
        voices(told(event, reports.get(event["event_id"], []), {}, sources)) for event in tables["events"].to_pylist()
    ]
    return pa.table({"event_id": tables["events"]["event_id"], "voices": pa.array(counts, pa.int64())})


def _weeks(con: duckdb.DuckDBPyConnection) -> str:
    """Events by the week (its Monday) of their first day, a column for each division that has a fiftieth of them."""
    place = "coalesce(admin1, 'not told') || ' (' || coalesce(country, '?') || ')'"
    # a week is the event's only where its date says as much
    dated = "date_start IS NOT NULL AND date_precision <= 3"
    names = [
        row[0]
        for row in con.execute(
            f"SELECT {place} AS place FROM events WHERE {dated} GROUP BY 1 "
            f"HAVING count(*) * 50 >= (SELECT count(*) FROM events WHERE {dated}) ORDER BY count(*) DESC, 1"
        ).fetchall()
    ]
    if not names:
        return "No event is dated to a week.\n"
    columns = ", ".join(f"count_if(place = $p{number})" for number in range(len(names)))
    listed = ", ".join(f"$p{number}" for number in range(len(names)))
    rows = con.execute(
        "WITH dated AS (SELECT date_trunc('week', date_start)::DATE AS week, "
        f"{place} AS place FROM events WHERE {dated}), "
        "weeks AS (SELECT unnest(generate_series(min(week), max(week), INTERVAL 7 DAY))::DATE AS week FROM dated) "
        f"SELECT week, count(place), {columns}, count_if(place NOT IN ({listed})) "
        "FROM weeks LEFT JOIN dated USING (week) GROUP BY week ORDER BY week",
        {f"p{number}": name for number, name in enumerate(names)},
    ).fetchall()
    wide = con.execute("SELECT count_if(date_precision > 3), count_if(date_start IS NULL) FROM events").fetchall()[0]
    note = f"Not in this table: {wide[0]:,} events dated more widely than to a week, {wide[1]:,} without a date.\n"
    return f"{_table(('week of', 'all', *names, 'elsewhere'), rows)}\n{note}"


def _table(header: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")
