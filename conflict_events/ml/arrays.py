"""The arrays of a panel, units x months: targets of a month, and features that are made of the months before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

COUNTS = ("n_events", "n_state_based", "n_non_state", "n_one_sided")
DEATHS = ("deaths_low", "deaths_best", "deaths_high")

ROW, COLUMNS = 720, 360
"""Cells of PRIO-GRID round the globe, and from pole to pole."""

Array = np.ndarray[Any, Any]


def targets(values: dict[str, Array], seen: Array, onset_after: int) -> dict[str, Array]:
    """What a model is to predict, by name. values: NaN where not observed, or where events give no figure."""
    found = {name: values[name] for name in (*COUNTS, *DEATHS)}
    found["log1p_deaths"] = np.log1p(values["deaths_best"])
    found["onset"] = _onset(values["deaths_best"] > 0, seen, onset_after)
    return found


def _onset(deadly: Array, seen: Array, after: int) -> Array:
    """1 in a deadly month after `after` observed months without a death, 0 in others of them, null while one lasts."""
    calm = np.zeros(deadly.shape[0], dtype=np.int32)
    onset = np.full(deadly.shape, np.nan, dtype=np.float32)
    for month in range(deadly.shape[1]):
        ready = (calm >= after) & seen[:, month]
        onset[ready, month] = deadly[ready, month]
        calm = np.where(seen[:, month] & ~deadly[:, month], calm + 1, 0)
    return onset


def features(
    values: dict[str, Array],
    seen: Array,
    keys: list[tuple[Any, ...]],
    lags: Sequence[int],
    half_lives: Sequence[float],
    neighbours: bool,
) -> dict[str, Array]:
    """What a model may know of the months before, by name."""
    known = {name: np.where(seen, values[name], np.float32(np.nan)) for name in ("deaths_best", "n_events")}
    found = {f"{name}_lag{lag}": _shifted(array, lag) for lag in sorted(set(lags)) for name, array in known.items()}
    for life in half_lives:
        found[f"decay_{life:g}"] = _decay(values["n_events"] > 0, seen, life)
    if neighbours:
        found["neighbours_deaths_lag1"] = _shifted(_around(known["deaths_best"], [key[0] for key in keys]), 1)
    return found


def _shifted(array: Array, lag: int) -> Array:
    moved = np.full_like(array, np.nan)
    moved[:, lag:] = array[:, : array.shape[1] - lag]
    return moved


def _decay(event: Array, seen: Array, life: float) -> Array:
    """2^(-k / life), k the months since the last month with an event before this one; 0 where none was, null where the
    first observed month is not past."""
    since = np.full(event.shape[0], np.inf, dtype=np.float32)
    begun = np.zeros(event.shape[0], dtype=bool)
    decay = np.full(event.shape, np.nan, dtype=np.float32)
    for month in range(event.shape[1]):
        decay[:, month] = np.where(begun, np.exp2(-since / life), np.nan)
        since = np.where(event[:, month] & seen[:, month], 1, since + 1)
        begun |= seen[:, month]
    return decay


def _around(array: Array, cells: list[int]) -> Array:
    """For each cell the sum over the eight around it that are in the panel; those that are not observed add nothing."""
    position = {cell: n for n, cell in enumerate(cells)}
    total = np.zeros_like(array)
    for up in (-1, 0, 1):
        for right in (-1, 0, 1):
            if (up, right) == (0, 0):
                continue
            pairs = [
                (n, position[other])
                for n, cell in enumerate(cells)
                if (other := _neighbour(cell, up, right)) in position
            ]
            if pairs:
                to, of = np.array(pairs).T
                total[to] += np.nan_to_num(array[of])
    return total


def _neighbour(cell: int, up: int, right: int) -> int | None:
    row, column = divmod(cell - 1, ROW)
    row += up
    return row * ROW + (column + right) % ROW + 1 if 0 <= row < COLUMNS else None
