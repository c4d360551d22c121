"""Deaths of a PRIO-GRID cell in a month, some months ahead: what early-warning systems forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml.coverage import Coverage
from conflict_events.ml.groups import Array
from conflict_events.ml.panels import Panel, month_id, panel
from conflict_events.ml.tasks import metrics
from conflict_events.ml.tasks.task import Task, one_thread

if TYPE_CHECKING:
    import pyarrow as pa

    from conflict_events.query.source import Source

TARGET = "deaths_best"
YEAR = 12


def deaths(
    source: Source,
    *,
    first: date,
    cut: date,
    last: date,
    coverage: Sequence[Coverage],
    horizon: int = 1,
    lag: int = 0,
    cells: Sequence[int] | None = None,
    origin: str | None = None,
) -> Task:
    """Predict deaths_best of each cell in each month from `cut` to `last`, from what was known `horizon` months before.

    source: UCDP GED events, as `convert` makes them. first: the first month of the panel; cut, last: months.
    lag: months after which deaths of a month are known (of yearly releases a year and more): features are made of
        months horizon + lag before, and training stops horizon + lag months before the cut.
    cells: those of the panel; None for the cells with an event in training: one that turns violent later is not
        predicted, because who chooses cells by what came later looks ahead. Events count in the month that they end in.

    A prediction has a row a test row: a number, or draws. Metrics: msle (of the mean of the draws), crps (of the
    draws), average_precision (of months with any death, by the mean).

    Raises UsageError for a wrong call.
    """
    if not first < cut <= last:
        raise UsageError(f"the months are out of order: first {first}, cut {cut}, last {last}")
    ahead = horizon + lag
    make = partial(panel, source, unit="grid", first=first, coverage=coverage, origin=origin)
    taught = month_id(cut) - ahead  # the first month that training does not have
    if taught <= month_id(first):
        raise UsageError(f"no month lies between {first:%Y-%m} and {ahead} months before {cut:%Y-%m}: begin earlier")
    known = cells if cells is not None else _cells(make(last=_month(taught - 1)))
    made = make(last=last, units=known, horizon=ahead, lags=range(ahead, ahead + YEAR), neighbours=True)
    months = made.table["month_id"].to_numpy()
    has = made.table[TARGET].is_valid().to_numpy()
    train = made.table.take(np.flatnonzero((months < taught) & (months >= month_id(first) + ahead + YEAR - 1) & has))
    test = made.table.take(np.flatnonzero((months >= month_id(cut)) & has))
    if not train.num_rows or not test.num_rows:
        raise UsageError(f"{train.num_rows} rows to train and {test.num_rows} to test: give more months")
    truth = _array(test, TARGET)
    left = ", ".join(f"{events:,.0f} {why}" for why, events, _ in made.left_out) or "none"
    about = (
        f"{len(set(known)):,} cells; train {train.num_rows:,} rows up to {_month(taught - 1):%Y-%m}, test "
        f"{test.num_rows:,} rows from {cut:%Y-%m} to {last:%Y-%m}, {horizon} months ahead, known after {lag}; events "
        f"in no row: {left}"
    )
    lags = [f"{TARGET}_lag{back}" for back in range(ahead, ahead + YEAR)]
    baselines = {
        "all zero": lambda: np.zeros(test.num_rows),
        "persistence": lambda: np.nan_to_num(_array(test, lags[0])),
        "last twelve months": lambda: np.nan_to_num(_matrix(test, lags)),
        "gradient boosting": lambda: _boosted(train, test, made.features),
    }
    shape = "a number, or a row of draws, for each row of test"
    return Task("deaths", about, train, test, made.features, TARGET, shape, partial(_scored, truth), baselines)


def _scored(truth: Array, prediction: Array) -> dict[str, float]:
    draws = np.maximum(prediction, 0)
    mean = draws if draws.ndim == 1 else draws.mean(axis=1)
    return {
        "msle": metrics.msle(truth, mean),
        "crps": metrics.crps(truth, draws),
        "average_precision": metrics.average_precision(truth > 0, mean),
    }


def _boosted(train: pa.Table, test: pa.Table, features: Sequence[str]) -> Array:
    """Gradient-boosted trees on log(1 + deaths), with scikit-learn's settings: a null stays a null."""
    with one_thread():
        from sklearn.ensemble import HistGradientBoostingRegressor

        model = HistGradientBoostingRegressor(random_state=0, early_stopping=False)
        model.fit(_matrix(train, features), np.log1p(_array(train, TARGET)))
        logarithms: Array = model.predict(_matrix(test, features))
    return np.maximum(np.expm1(logarithms), 0)


def _cells(made: Panel) -> list[int]:
    found: list[int] = made.table["priogrid_gid"].unique().to_pylist()
    return found


def _month(number: int) -> date:
    return date(1980 + (number - 1) // 12, (number - 1) % 12 + 1, 1)


def _array(table: pa.Table, name: str) -> Array:
    array: Any = table[name].to_numpy()
    return np.asarray(array, dtype=np.float64)


def _matrix(table: pa.Table, names: Sequence[str]) -> Array:
    return np.stack([_array(table, name) for name in names], axis=1)
