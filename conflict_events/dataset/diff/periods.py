"""What OLD covers, and where the added and withdrawn rows lie in time: within it, after it, before it, or undated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.dataset.diff.columns import identifier, meet
from conflict_events.dataset.diff.result import Periods, Span

if TYPE_CHECKING:
    import duckdb

PERIODS = ("within", "after", "before", "undated")


def coverage(con: duckdb.DuckDBPyConnection, view: str, until: date | None) -> Span | None:
    """The days that OLD covers: whole years of its earliest and latest date_start, or up to `until`."""
    [(first, last)] = con.execute(
        "SELECT CAST(date_trunc('year', min(date_start)) AS DATE), make_date(year(max(date_start)), 12, 31) "
        f"FROM {view}"
    ).fetchall()
    if first is None:
        return None
    return Span(first, last if until is None else until)


def period(day: str, covers: Span | None) -> str:
    """The SQL of the period that a day lies in. Where OLD covers nothing, every day is after it."""
    if covers is None:
        return f"CASE WHEN {day} IS NULL THEN 'undated' ELSE 'after' END"
    return (
        f"CASE WHEN {day} IS NULL THEN 'undated' WHEN {day} > DATE '{covers.last}' THEN 'after' "
        f"WHEN {day} < DATE '{covers.first}' THEN 'before' ELSE 'within' END"
    )


def periods(con: duckdb.DuckDBPyConnection, table: schema.Table, side: str, covers: Span | None) -> Periods:
    """How many of the rows that only this side has lie in each period."""
    key = ", ".join(map(identifier, table.key))
    only = "was AND NOT is_now" if side == "old" else "is_now AND NOT was"
    counts = dict(
        con.execute(
            f"SELECT {period('date_start', covers)} AS p, count(*) FROM {side}_{table.name} AS r "
            f"SEMI JOIN (SELECT {key} FROM {table.name}_pairs WHERE {only}) AS k ON {meet(table, 'r', 'k')} GROUP BY p"
        ).fetchall()
    )
    return Periods(*(counts.get(name, 0) for name in PERIODS))
