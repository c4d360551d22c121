"""Panels: a row a unit and month, with targets, features that look back only, and a mask of what was observed.

Every array is units x months; a row of the result is one of its cells, units first. Features at month t are made of
months before t, so a model that predicts month t from its row sees nothing of t.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml import arrays
from conflict_events.ml.arrays import COUNTS, DEATHS, Array
from conflict_events.ml.coverage import Coverage

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from conflict_events.query.source import Source

KEYS = {"country": ("country",), "admin1": ("country", "admin1"), "grid": ("priogrid_gid",)}
"""The columns that name a unit."""

OPEN = ("n_without_best", "n_without_high")


@dataclass(frozen=True, slots=True)
class Panel:
    """`table`: Arrow, sorted by unit and month. `targets`, `features`: names of its columns; the others are keys and
    masks. `left_out`: (why, events, deaths_best) of what counts in no row, so that the panel's sums and these are
    those of the events."""

    table: pa.Table
    targets: tuple[str, ...]
    features: tuple[str, ...]
    left_out: tuple[tuple[str, float, float], ...]

    def to_pandas(self) -> pd.DataFrame:
        """The table for pandas."""
        frame: pd.DataFrame = self.table.to_pandas()
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The table for polars. UsageError where polars is not installed."""
        try:
            import polars
        except ImportError:
            raise UsageError("polars is not installed: pip install conflict-events[polars]") from None
        frame = polars.from_arrow(self.table)
        assert isinstance(frame, polars.DataFrame)
        return frame


def month_id(month: date) -> int:
    """The month as VIEWS counts it: 1 is January 1980."""
    return (month.year - 1980) * 12 + month.month


def panel(
    source: Source | None = None,
    *,
    unit: str = "country",
    first: date,
    last: date,
    coverage: Sequence[Coverage],
    units: Sequence[Any] | None = None,
    origin: str | None = None,
    dedupe: bool = False,
    spanning: str = "first",
    unplaced: str = "apart",
    widest: int = 3,
    lags: Sequence[int] = (1, 2, 3),
    half_lives: Sequence[float] = (12.0,),
    neighbours: bool = False,
    onset_after: int = 12,
) -> Panel:
    """The panel of all months from `first` to `last` (their days do not matter) and all units.

    source: as in `connect`; None for the shipped events. unit: `country`, `admin1` or `grid` (PRIO-GRID cells).
    coverage: where and when the source looked (`ml.shipped()`, `ml.UCDP_GED`): outside it a cell is not observed and
        its targets are null, inside it a cell without events is 0. Of a grid cell the divisions of its events are
        known; one without events is observed only by a coverage of the world.
    units: the units of the panel, as values of country, pairs (country, admin1) or cell numbers; None for those that
        have events, by which a place where nothing ever happened is missing.
    origin, dedupe, spanning, unplaced, widest: as in the macros country_month, admin_month and grid_month.
    lags: months back for which `deaths_best_lagK` and `n_events_lagK` are given. half_lives: months in which the memory
        of the last event halves, for `decay_H`. neighbours: `neighbours_deaths_lag1`, the sum of the eight cells
        around, for grid alone. onset_after: months without a death after which a deadly month is an onset.

    Targets: n_events, n_state_based, n_non_state, n_one_sided, deaths_low, deaths_best, deaths_high (shares where
    `spanning` or `unplaced` say so), log1p_deaths, onset. deaths_* are null where events happened and none gives a
    figure.

    Raises UsageError for a wrong call.
    """
    import duckdb

    from conflict_events.query import connect

    _check(unit, first, last, coverage, lags, half_lives, neighbours)
    months = _months(first, last)
    with closing(connect(source)) as con:
        try:
            con.execute(f"CREATE TEMP TABLE cells AS {_cells(unit, origin, dedupe, spanning, unplaced, widest)}")
        except duckdb.InvalidInputException as error:
            raise UsageError(str(error).removeprefix("Invalid Input Error: ").splitlines()[0]) from error
        keys = _units(con, unit, units)
        where = _positions(con, unit, keys, months)
        seen = _observed(con, unit, keys, months, coverage, origin, dedupe)
    values = {name: _dense(where, name, (len(keys), len(months))) for name in (*COUNTS, *DEATHS, *OPEN)}
    for array in values.values():  # in place: the arrays are large
        array[~seen] = np.nan
    targets = arrays.targets(values, seen, onset_after)
    features = arrays.features(values, seen, keys, lags, half_lives, neighbours)
    masks = {name: values[name] for name in OPEN}
    table = _table(unit, keys, months, seen, masks | targets | features)
    return Panel(table, tuple(targets), tuple(features), where.left_out)


def _check(
    unit: str,
    first: date,
    last: date,
    coverage: Sequence[Coverage],
    lags: Sequence[int],
    half_lives: Sequence[float],
    neighbours: bool,
) -> None:
    if unit not in KEYS:
        raise UsageError(f"unit '{unit}' is none of {', '.join(KEYS)}")
    if (last.year, last.month) < (first.year, first.month):
        raise UsageError(f"the panel ends in {last:%Y-%m}, before it begins in {first:%Y-%m}")
    if not coverage:
        raise UsageError("coverage is empty: say where and when the source looked, such as ml.shipped()")
    if any(lag < 1 for lag in lags):
        raise UsageError(f"lag {min(lags)} looks at the month itself or past it: give 1 or more")
    if any(life <= 0 for life in half_lives):
        raise UsageError("a half-life is a number of months above 0")
    if neighbours and unit != "grid":
        raise UsageError("neighbours are known of grid cells only")


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(count)]


def _cells(unit: str, origin: str | None, dedupe: bool, spanning: str, unplaced: str, widest: int) -> str:
    """The SQL that sums the events by unit and month."""
    from conflict_events.files import quoted

    counting = f"origin := {'NULL' if origin is None else quoted(origin)}, dedupe := {str(dedupe).lower()}"
    counting += f", spanning := {quoted(spanning)}"
    if unit == "country":
        key, rows = "country", f"event_months({counting})"
    else:
        rows = f"placed_months('{unit}', {counting}, unplaced := {quoted(unplaced)}, widest := {int(widest)})"
        key = "country, place AS admin1" if unit == "admin1" else "CAST(place AS INTEGER) AS priogrid_gid"
    kinds = ", ".join(
        f"coalesce(sum(share) FILTER (WHERE violence_type = {code}), 0) AS {name}"
        for code, name in enumerate(COUNTS[1:], 1)
    )
    return (
        f"SELECT {key}, month, sum(share) AS n_events, {kinds}, "
        "sum(share * bounded_low(deaths_low, deaths_best)) AS deaths_low, sum(share * deaths_best) AS deaths_best, "
        "sum(share * coalesce(deaths_high, deaths_best)) AS deaths_high, "
        "coalesce(sum(share) FILTER (WHERE deaths_best IS NULL), 0) AS n_without_best, "
        f"coalesce(sum(share) FILTER (WHERE deaths_high IS NULL), 0) AS n_without_high FROM {rows} GROUP BY ALL"
    )


def _units(con: duckdb.DuckDBPyConnection, unit: str, given: Sequence[Any] | None) -> list[tuple[Any, ...]]:
    names = KEYS[unit]
    if given is None:
        whole = " AND ".join(f"{name} IS NOT NULL" for name in names)
        rows = con.execute(f"SELECT DISTINCT {', '.join(names)} FROM cells WHERE {whole} ORDER BY ALL").fetchall()
        return [tuple(row) for row in rows]
    found = sorted({tuple(one) if isinstance(one, (tuple, list)) else (one,) for one in given})
    if any(len(one) != len(names) for one in found):
        raise UsageError(f"units of '{unit}' are given as {' and '.join(names)}")
    return found


@dataclass(frozen=True, slots=True)
class _Where:
    """The cells that have events: position of unit and month, and what was summed; and what lies in no cell."""

    unit: Array
    month: Array
    columns: dict[str, Array]
    left_out: tuple[tuple[str, float, float], ...]


def _positions(con: duckdb.DuckDBPyConnection, unit: str, keys: list[tuple[Any, ...]], months: list[date]) -> _Where:
    import pyarrow as pa

    names = KEYS[unit]
    columns = {name: [key[n] for key in keys] for n, name in enumerate(names)}
    types = {"priogrid_gid": pa.int32()}
    con.register(
        "unit_list",
        pa.table(
            {
                **{name: pa.array(values, types.get(name, pa.string())) for name, values in columns.items()},
                "u": pa.array(range(len(keys)), pa.int32()),
            }
        ),
    )
    con.register(
        "month_list", pa.table({"month": pa.array(months, pa.date32()), "m": pa.array(range(len(months)), pa.int32())})
    )
    same = " AND ".join(f"c.{name} = l.{name}" for name in names)
    no_unit = " OR ".join(f"c.{name} IS NULL" for name in names)
    joined = f"FROM cells AS c LEFT JOIN unit_list AS l ON {same} LEFT JOIN month_list AS t ON t.month = c.month"
    sums = ", ".join((*COUNTS, *DEATHS, *OPEN))
    found = con.execute(
        f"SELECT u, m, {sums} {joined} WHERE u IS NOT NULL AND m IS NOT NULL ORDER BY u, m"
    ).fetchnumpy()
    left = con.execute(
        f"SELECT CASE WHEN {no_unit} THEN 'place not known to the unit' WHEN c.month IS NULL THEN 'no month' "
        "WHEN m IS NULL THEN 'other months' ELSE 'other units' END AS why, sum(n_events), "
        f"coalesce(sum(deaths_best), 0) {joined} WHERE u IS NULL OR m IS NULL GROUP BY why ORDER BY why"
    ).fetchall()
    filled = {name: np.ma.filled(np.ma.asarray(found[name], dtype=np.float64), np.nan) for name in found}
    return _Where(
        filled.pop("u").astype(np.int64), filled.pop("m").astype(np.int64), filled, tuple((w, n, d) for w, n, d in left)
    )


def _dense(where: _Where, name: str, shape: tuple[int, int]) -> Array:
    """units x months: what was summed, 0 where there are no events, NaN where events give no figure."""
    array = np.zeros(shape, dtype=np.float32)
    array[where.unit, where.month] = where.columns[name]
    return array


def _observed(
    con: duckdb.DuckDBPyConnection,
    unit: str,
    keys: list[tuple[Any, ...]],
    months: list[date],
    coverage: Sequence[Coverage],
    origin: str | None,
    dedupe: bool,
) -> Array:
    """units x months, whether the source looked there and then."""
    places = _divisions(con, unit, keys, origin, dedupe)
    stamps = np.array([month.year * 12 + month.month for month in months])
    seen = np.zeros((len(keys), len(months)), dtype=bool)
    for one in coverage:
        during = (stamps >= one.first.year * 12 + one.first.month) & (stamps <= one.last.year * 12 + one.last.month)
        there = np.array(
            [
                one.country is None
                or any(country == one.country and one.admin1 in (None, admin1) for country, admin1 in places[key])
                for key in keys
            ],
            dtype=bool,
        )
        seen |= there[:, None] & during[None, :]
    return seen


def _divisions(
    con: duckdb.DuckDBPyConnection, unit: str, keys: list[tuple[Any, ...]], origin: str | None, dedupe: bool
) -> dict[tuple[Any, ...], list[tuple[str | None, str | None]]]:
    """The countries and divisions that each unit lies in: of a cell those of its events, the whole unit for others."""
    if unit == "country":
        return {key: [(key[0], None)] for key in keys}
    if unit == "admin1":
        return {key: [(key[0], key[1])] for key in keys}
    from conflict_events.files import quoted

    counting = f"origin := {'NULL' if origin is None else quoted(origin)}, dedupe := {str(dedupe).lower()}"
    found: dict[tuple[Any, ...], list[tuple[str | None, str | None]]] = {key: [] for key in keys}
    rows = con.execute(
        f"SELECT DISTINCT priogrid_gid, country, admin1 FROM counted_events({counting}) "
        "WHERE priogrid_gid IS NOT NULL AND where_precision <= 3 ORDER BY ALL"
    ).fetchall()
    for cell, country, admin1 in rows:
        if (cell,) in found:
            found[cell,].append((country, admin1))
    return found


def _table(
    unit: str,
    keys: list[tuple[Any, ...]],
    months: list[date],
    seen: Array,
    arrays: dict[str, Array],
) -> pa.Table:
    import pyarrow as pa

    names = KEYS[unit]
    columns: dict[str, Any] = {}
    repeated = np.repeat(np.arange(len(keys), dtype=np.int32), len(months))
    for number, name in enumerate(names):
        listed = pa.array([key[number] for key in keys], pa.int32() if name == "priogrid_gid" else pa.string())
        columns[name] = listed.take(pa.array(repeated))
    order = pa.array(np.tile(np.arange(len(months), dtype=np.int32), len(keys)))
    columns["month"] = pa.array(months, pa.date32()).take(order)
    columns["month_id"] = pa.array([month_id(month) for month in months], pa.int16()).take(order)
    columns["observed"] = pa.array(seen.ravel())
    for name, array in arrays.items():
        columns[name] = pa.array(array.ravel(), pa.float32(), from_pandas=True)
    return pa.table(columns)
