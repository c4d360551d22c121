"""Panels: a row a unit and month, with targets, features that look back only, and a mask of what was observed.

Every array is units x months; a row of the result is one of its cells, units first. Features at month t are made of
months before t, so a model that predicts month t from its row sees nothing of t.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml import arrays, cells
from conflict_events.ml.cells import DEATHS, KEYS, KINDS, OPEN, Counting, Key
from conflict_events.ml.coverage import Coverage, declared
from conflict_events.ml.groups import Array

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from conflict_events.query.source import Source

ROW_GROUP = 131_072
"""Rows of a row group of a written panel."""


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
        """The table for pandas. UsageError where pandas is not installed."""
        try:
            frame: pd.DataFrame = self.table.to_pandas()
        except ImportError:
            raise UsageError("pandas is not installed: pip install pandas") from None
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

    def write(self, path: str | os.PathLike[str]) -> None:
        """The table as a Parquet file, which loaders stream. UsageError where it cannot be written."""
        from conflict_events.swap import parquet_file

        parquet_file(Path(path), self.table, row_group_size=ROW_GROUP)


def month_id(month: date) -> int:
    """The month as VIEWS counts it: 1 is January 1980."""
    return (month.year - 1980) * 12 + month.month


def panel(
    source: Source | None = None,
    *,
    unit: str = "country",
    first: date,
    last: date,
    coverage: Sequence[Coverage] | None = None,
    units: Sequence[Any] | None = None,
    origin: str | None = None,
    dedupe: bool = False,
    as_of: str | None = None,
    spanning: str = "last",
    unplaced: str = "apart",
    widest: int = 3,
    kinds: str = "violence_type",
    horizon: int = 1,
    lags: Sequence[int] | None = None,
    half_lives: Sequence[float] = (12.0,),
    neighbours: bool | Mapping[Any, Sequence[Any]] = False,
    onset_after: int = 12,
) -> Panel:
    """The panel of all months from `first` to `last` (their days do not matter) and all units.

    source: as in `connect`; None for the shipped events. unit: `country`, `admin1` or `grid` (PRIO-GRID cells).
    coverage: where and when the source looked, such as `ml.UCDP_GED`; None for what its table `coverage` says. Outside
        it a cell is not observed and its targets are null, inside it a cell without events is 0. Of a grid cell the
        divisions of its events are known; one without events is observed only by a coverage of the world.
    units: the units of the panel, as values of country, pairs (country, admin1) or cell numbers; None for those that
        have events in these months, by which a place where nothing happened is missing.
    as_of: take the events as they stood in this data release.
    origin, dedupe, unplaced, widest: as in the macros country_month, admin_month and grid_month; spanning too, but that
        an event counts in the month that it ends in: any other way the months before would know how it went on.
    kinds: count events by `violence_type` (n_state_based, n_non_state, n_one_sided) or `event_type` (n_battles, ...).
    horizon: months ahead that are predicted: features of a row are made of what was known that many months before it.
    lags: months back for which `deaths_best_lagK` and `n_events_lagK` are given; None for three from the horizon on.
    half_lives: months in which the memory of the last event halves, for `decay_H`.
    neighbours: `neighbours_deaths_lagH` (H the horizon), the sum over the units around: True for the eight cells of a
        grid, else unit -> its neighbours, as `units` are given.
    onset_after: months without a death after which a deadly month is an onset.

    Targets: n_events, the counts by kind, deaths_low, deaths_best, deaths_high (shares where `spanning` or `unplaced`
    say so), log1p_deaths, onset. deaths_* are null where events happened and none gives a figure.

    Raises UsageError for a wrong call, and for a panel that is larger than the machine's memory.
    """
    from conflict_events.query import connect

    lags = range(horizon, horizon + 3) if lags is None else sorted(set(lags))
    _check(unit, first, last, kinds, horizon, lags, half_lives, neighbours)
    months = _months(first, last)
    counting = Counting(origin, dedupe, spanning, unplaced, widest)
    with closing(connect(source)) as con:
        if as_of is not None:
            _as_of(con, as_of)
        covered = declared(con, origin) if coverage is None else coverage
        if not covered:
            raise UsageError("coverage is empty: say where and when the source looked, such as ml.UCDP_GED")
        cells.count(con, unit, counting, kinds)
        keys = cells.units(con, unit, units, months)
        counts = ("n_events", *KINDS[kinds])
        columns = len((*counts, *DEATHS, *OPEN)) + 2 + 2 * len(lags) + len(half_lives) + bool(neighbours)
        _fits(len(keys), len(months), columns)
        found = cells.placed(con, unit, keys, months, kinds)
        seen = cells.observed(con, unit, keys, months, covered, counting)
    values = {name: found.dense(name, (len(keys), len(months))) for name in (*counts, *DEATHS, *OPEN)}
    for array in values.values():  # in place: the arrays are large
        array[~seen] = np.nan
    targets = arrays.targets({name: values[name] for name in (*counts, *DEATHS)}, seen, onset_after)
    around = arrays.around(keys, neighbours)
    features = arrays.features(values, seen, horizon, lags, half_lives, around)
    masks = {name: values[name] for name in OPEN}
    table = _table(unit, keys, months, seen, masks | targets | features)
    return Panel(table, tuple(targets), tuple(features), found.left_out)


def _check(
    unit: str,
    first: date,
    last: date,
    kinds: str,
    horizon: int,
    lags: Sequence[int],
    half_lives: Sequence[float],
    neighbours: bool | Mapping[Any, Sequence[Any]],
) -> None:
    if unit not in KEYS:
        raise UsageError(f"unit '{unit}' is none of {', '.join(KEYS)}")
    if kinds not in KINDS:
        raise UsageError(f"kinds '{kinds}' is none of {', '.join(KINDS)}")
    if (last.year, last.month) < (first.year, first.month):
        raise UsageError(f"the panel ends in {last:%Y-%m}, before it begins in {first:%Y-%m}")
    if horizon < 1:
        raise UsageError("horizon is a number of months, 1 or more")
    if any(lag < horizon for lag in lags):
        raise UsageError(f"lag {min(lags)} looks at what is not known {horizon} months before: give {horizon} or more")
    if any(life <= 0 for life in half_lives):
        raise UsageError("a half-life is a number of months above 0")
    if neighbours is True and unit != "grid":
        raise UsageError(
            "which units lie around is known of grid cells only: give neighbours as unit -> its neighbours"
        )


def _as_of(con: duckdb.DuckDBPyConnection, release: str) -> None:
    """Let `events` be what stood in a release."""
    import duckdb

    from conflict_events.query.message import one_line

    try:
        con.execute("CREATE TABLE vintage AS FROM events_as_of($1)", [release])
    except duckdb.InvalidInputException as error:
        raise UsageError(one_line(error)) from error
    con.execute("CREATE OR REPLACE VIEW events AS FROM vintage")


def _fits(units: int, months: int, columns: int) -> None:
    """UsageError where the arrays would not fit into the memory: four bytes a cell and column, a fifth more for masks,
    and what the keys take."""
    needed = units * months * (columns * 5 + 25)
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # no such thing on Windows
        return
    if needed > memory:
        raise UsageError(
            f"{units:,} units x {months:,} months x {columns} columns take about {needed / 1e9:,.0f} GB, and there are "
            f"{memory / 1e9:,.0f}: name fewer units or months"
        )


def _months(first: date, last: date) -> list[date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(count)]


def _table(unit: str, keys: list[Key], months: list[date], seen: Array, columns: dict[str, Array]) -> pa.Table:
    import pyarrow as pa

    made: dict[str, Any] = {}
    repeated = pa.array(np.repeat(np.arange(len(keys), dtype=np.int32), len(months)))
    for number, name in enumerate(KEYS[unit]):
        listed = pa.array([key[number] for key in keys], pa.int32() if name == "priogrid_gid" else pa.string())
        made[name] = listed.take(repeated)
    order = pa.array(np.tile(np.arange(len(months), dtype=np.int32), len(keys)))
    made["month"] = pa.array(months, pa.date32()).take(order)
    made["month_id"] = pa.array([month_id(month) for month in months], pa.int16()).take(order)
    made["observed"] = pa.array(seen.ravel())
    for name, array in columns.items():
        made[name] = pa.array(array.ravel(), pa.float32(), from_pandas=True)
    return pa.table(made)
