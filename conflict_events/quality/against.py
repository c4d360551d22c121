"""A release beside the one before: volume, nulls, spread of codes, coverage (CE011 to CE014).

Each table is summed up by one query, old and new alike, and the sums are compared. A failure has no row; its key says
which column, or which country and year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.quality import failures
from conflict_events.quality.held import brought_whole
from conflict_events.quality.message import identifier
from conflict_events.quality.result import NotRun
from conflict_events.quality.structure import Usable
from conflict_events.schema import comparison
from conflict_events.schema.kinds import Compared

if TYPE_CHECKING:
    import duckdb

Tables = Mapping[str, Sequence[Usable]]
Spread = Mapping[str, int]
"""Value -> number of rows that have it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A table in numbers: rows, nulls by column, rows by code of each coded column, events by country and year."""

    rows: int
    nulls: Mapping[str, int]
    spreads: Mapping[str, Spread]
    coverage: Spread = field(default_factory=dict)


def compare(
    con: duckdb.DuckDBPyConnection,
    new: Tables,
    old: Tables,
    limits: Mapping[str, float | Fraction],
    not_run: list[NotRun],
) -> dict[str, int]:
    """Record where the tables that both have stray too far; returns a count for each rule that compares.

    A table that the release before does not have goes to `not_run`.
    """
    counts: dict[str, int] = {}
    for name in new:
        if name not in old:
            reason = f"the release before has no table {name}"
            not_run.extend(NotRun(rule.id, name, None, reason) for rule in schema.COMPARED)
            continue
        now, before = _profile(con, new[name]), _profile(con, old[name])
        for rule in schema.COMPARED:
            assert isinstance(rule.kind, Compared)
            limit = limits.get(rule.id, rule.kind.limit)
            counts.setdefault(rule.id, 0)
            for key, values in _strays(rule, name, now, before, limit):
                message = rule.message.format(table=name, column=key, **values)
                place = [rule.id, new[name][0].files[0], key, message]
                con.execute(f"INSERT INTO {failures.TABLE} VALUES (?, ?, NULL, ?, ?)", place)
                counts[rule.id] += 1
    return counts


def _strays(
    rule: schema.Rule, table: str, now: Profile, before: Profile, limit: float | Fraction
) -> Iterator[tuple[str, dict[str, str]]]:
    """The key and the message's values of each place where the table strays by more than the limit."""
    if rule is comparison.ROWS_LOST and now.rows < before.rows * (1 - limit):
        yield table, {"now": f"{now.rows:,}", "before": f"{before.rows:,}"}
    if rule is comparison.NULLS_ROSE and now.rows and before.rows:
        for column in now.nulls.keys() & before.nulls.keys():
            share, former = now.nulls[column] / now.rows, before.nulls[column] / before.rows
            if share - former > limit:
                yield column, {"now": f"{share:.1%}", "before": f"{former:.1%}"}
    if rule is comparison.VALUES_SHIFTED:
        for column in now.spreads.keys() & before.spreads.keys():
            distance = _distance(now.spreads[column], before.spreads[column])
            if distance > limit:
                yield column, {"now": f"{distance:.2f}"}
    if rule is comparison.COVERAGE_LOST:
        for cell in before.coverage.keys() - now.coverage.keys():
            yield cell, {"before": f"{before.coverage[cell]:,}"}


def _distance(now: Spread, before: Spread) -> float:
    """Total variation distance of two spreads: 0 alike, 1 nothing in common; 0 where either has no value."""
    total, former = sum(now.values()), sum(before.values())
    if not total or not former:
        return 0.0
    return sum(abs(now.get(v, 0) / total - before.get(v, 0) / former) for v in now.keys() | before.keys()) / 2


def _profile(con: duckdb.DuckDBPyConnection, parts: Sequence[Usable]) -> Profile:
    table = parts[0].table
    shared = [c for c in table.columns if all(c.name in part.good for part in parts)]
    coded = [c.name for c in shared if c.vocabulary]
    rows = " UNION ALL BY NAME ".join(part.sql for part in parts)
    with brought_whole(con, parts, [c.name for c in shared]):
        sums = ", ".join(f"count(*) - count({identifier(c.name)})" for c in shared)
        found = con.execute(f"SELECT count(*){', ' + sums if sums else ''} FROM ({rows})").fetchone()
        assert found is not None
        spreads = {c: _spread(con, rows, f"CAST({identifier(c)} AS VARCHAR)") for c in coded}
        placed = {"country", "date_start"} <= {c.name for c in shared}
        coverage = _spread(con, rows, "country || ' ' || year(date_start)") if placed else {}
    return Profile(found[0], dict(zip([c.name for c in shared], found[1:], strict=True)), spreads, coverage)


def _spread(con: duckdb.DuckDBPyConnection, rows: str, value: str) -> dict[str, int]:
    return dict(con.execute(f"SELECT {value} AS v, count(*) FROM ({rows}) WHERE v IS NOT NULL GROUP BY v").fetchall())
