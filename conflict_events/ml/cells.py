"""The events of a panel, summed in DuckDB by unit and month, and spread over arrays of units x months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml.coverage import Coverage
from conflict_events.ml.groups import Array

if TYPE_CHECKING:
    import duckdb

Key = tuple[Any, ...]

KEYS = {"country": ("country",), "admin1": ("country", "admin1"), "grid": ("priogrid_gid",)}
"""The columns that name a unit."""

KINDS: Mapping[str, Mapping[str, str]] = {
    "violence_type": {"n_state_based": "1", "n_non_state": "2", "n_one_sided": "3"},
    "event_type": {
        f"n_{name}": f"'{name}'"
        for name in (
            *("battles", "explosions_remote_violence", "violence_against_civilians"),
            *("protests", "riots", "strategic_developments"),
        )
    },
}
"""Columns of kinds: name of the count -> its code as SQL."""

DEATHS = ("deaths_low", "deaths_best", "deaths_high")
OPEN = ("n_without_best", "n_without_high")


@dataclass(frozen=True, slots=True)
class Counting:
    """Which events count, and where those that span months or are not placed do: as in the macros."""

    origin: str | None
    dedupe: bool
    spanning: str
    unplaced: str
    widest: int

    @property
    def which(self) -> str:
        """The macros' arguments that say which events count."""
        from conflict_events.files import quoted

        origin = "NULL" if self.origin is None else quoted(self.origin)
        return f"origin := {origin}, dedupe := {str(self.dedupe).lower()}"


@dataclass(frozen=True, slots=True)
class Cells:
    """What was summed: positions of unit and month, and the sums there; `left_out`: (why, events, deaths_best) of what
    lies in no cell."""

    unit: Array
    month: Array
    sums: dict[str, Array]
    left_out: tuple[tuple[str, float, float], ...]

    def dense(self, name: str, shape: tuple[int, int]) -> Array:
        """units x months: the sum, 0 where there are no events, NaN where events give no figure."""
        array = np.zeros(shape, dtype=np.float32)
        array[self.unit, self.month] = self.sums[name]
        return array


def count(con: duckdb.DuckDBPyConnection, unit: str, counting: Counting, kinds: str) -> None:
    """Make the table `cells`, a row a unit and month that has events. UsageError for a policy that there is not."""
    import duckdb

    from conflict_events.files import quoted
    from conflict_events.query.message import one_line

    policy = f"{counting.which}, spanning := {quoted(counting.spanning)}"
    if unit == "country":
        key, rows = "country", f"event_months({policy})"
    else:
        placing = f"unplaced := {quoted(counting.unplaced)}, widest := {int(counting.widest)}"
        key = "country, place AS admin1" if unit == "admin1" else "CAST(place AS INTEGER) AS priogrid_gid"
        rows = f"placed_months('{unit}', {policy}, {placing})"
    counts = ", ".join(
        f"coalesce(sum(share) FILTER (WHERE {kinds} = {code}), 0) AS {name}" for name, code in KINDS[kinds].items()
    )
    try:
        con.execute(
            f"CREATE TEMP TABLE cells AS SELECT {key}, month, sum(share) AS n_events, {counts}, "
            "sum(share * bounded_low(deaths_low, deaths_best)) AS deaths_low, sum(share * deaths_best) AS deaths_best, "
            "sum(share * coalesce(deaths_high, deaths_best)) AS deaths_high, "
            "coalesce(sum(share) FILTER (WHERE deaths_best IS NULL), 0) AS n_without_best, "
            "coalesce(sum(share) FILTER (WHERE deaths_high IS NULL), 0) AS n_without_high "
            f"FROM {rows} GROUP BY ALL"
        )
    except duckdb.InvalidInputException as error:
        raise UsageError(one_line(error)) from error


def units(con: duckdb.DuckDBPyConnection, unit: str, given: Sequence[Any] | None, months: list[date]) -> list[Key]:
    """The units, sorted: those given, else those that have events in the months: what comes after them chooses none.

    UsageError for keys of another form, or none.
    """
    names = KEYS[unit]
    if given is None:
        whole = " AND ".join(f"{name} IS NOT NULL" for name in names)
        query = f"SELECT DISTINCT {', '.join(names)} FROM cells WHERE {whole} AND month BETWEEN $1 AND $2 ORDER BY ALL"
        found = con.execute(query, [months[0], months[-1]]).fetchall()
    else:
        found = list({tuple(one) if isinstance(one, tuple | list) else (one,) for one in given})
    wanted = Integral if unit == "grid" else str
    if any(len(one) != len(names) or not all(isinstance(part, wanted) for part in one) for one in found):
        kind = "whole numbers" if unit == "grid" else "texts"
        raise UsageError(f"units of '{unit}' are given as {' and '.join(names)}, which are {kind}")
    found.sort()
    if not found:
        raise UsageError("no unit has an event, so the panel would be empty: name the units")
    return found


def placed(con: duckdb.DuckDBPyConnection, unit: str, keys: list[Key], months: list[date], kinds: str) -> Cells:
    """What `count` summed, by position of unit and month."""
    import pyarrow as pa

    names = KEYS[unit]
    types = {"priogrid_gid": pa.int32()}
    columns = {name: pa.array([key[n] for key in keys], types.get(name, pa.string())) for n, name in enumerate(names)}
    con.register("unit_list", pa.table({**columns, "u": pa.array(range(len(keys)), pa.int32())}))
    days = pa.array(months, pa.date32())
    con.register("month_list", pa.table({"month": days, "m": pa.array(range(len(months)), pa.int32())}))
    same = " AND ".join(f"c.{name} = l.{name}" for name in names)
    no_unit = " OR ".join(f"c.{name} IS NULL" for name in names)
    joined = f"FROM cells AS c LEFT JOIN unit_list AS l ON {same} LEFT JOIN month_list AS t ON t.month = c.month"
    sums = ", ".join(("n_events", *KINDS[kinds], *DEATHS, *OPEN))
    found = con.execute(
        f"SELECT u, m, {sums} {joined} WHERE u IS NOT NULL AND m IS NOT NULL ORDER BY u, m"
    ).fetchnumpy()
    left = con.execute(
        f"SELECT CASE WHEN {no_unit} THEN 'place not known to the unit' WHEN c.month IS NULL THEN 'no month' "
        "WHEN m IS NULL THEN 'other months' ELSE 'other units' END AS why, sum(n_events), "
        f"coalesce(sum(deaths_best), 0) {joined} WHERE u IS NULL OR m IS NULL GROUP BY why ORDER BY why"
    ).fetchall()
    filled = {name: np.ma.filled(np.ma.asarray(found[name], dtype=np.float64), np.nan) for name in found}
    unit_at, month_at = (filled.pop(name).astype(np.int64) for name in ("u", "m"))
    return Cells(unit_at, month_at, filled, tuple((why, events, deaths) for why, events, deaths in left))


def observed(
    con: duckdb.DuckDBPyConnection,
    unit: str,
    keys: list[Key],
    months: list[date],
    coverage: Sequence[Coverage],
    counting: Counting,
) -> Array:
    """units x months, whether the source looked there and then."""
    places = _divisions(con, unit, keys, counting)
    stamps = np.array([month.year * 12 + month.month for month in months])
    seen = np.zeros((len(keys), len(months)), dtype=bool)
    for one in coverage:
        during = (stamps >= one.first.year * 12 + one.first.month) & (stamps <= one.last.year * 12 + one.last.month)
        there = np.array([one.country is None or any(_within(place, one) for place in places[key]) for key in keys])
        seen |= there[:, None] & during[None, :]
    return seen


def _within(place: tuple[str | None, str | None], covered: Coverage) -> bool:
    return place[0] == covered.country and covered.admin1 in (None, place[1])


def _divisions(
    con: duckdb.DuckDBPyConnection, unit: str, keys: list[Key], counting: Counting
) -> dict[Key, list[tuple[str | None, str | None]]]:
    """The countries and divisions that each unit lies in: of a cell those of its events, the whole unit for others."""
    if unit == "country":
        return {key: [(key[0], None)] for key in keys}
    if unit == "admin1":
        return {key: [(key[0], key[1])] for key in keys}
    found: dict[Key, list[tuple[str | None, str | None]]] = {key: [] for key in keys}
    rows = con.execute(
        f"SELECT DISTINCT priogrid_gid, country, admin1 FROM counted_events({counting.which}) "
        "WHERE priogrid_gid IS NOT NULL AND where_precision <= 3 ORDER BY ALL"
    ).fetchall()
    for cell, country, admin1 in rows:
        if (cell,) in found:
            found[cell,].append((country, admin1))
    return found
