"""The arrays of a panel, units x months: targets of a month, and features that are made of the months before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml.groups import Array

ROW, COLUMNS = 720, 360
"""Cells of PRIO-GRID round the globe, and from pole to pole."""


def targets(values: dict[str, Array], seen: Array, onset_after: int) -> dict[str, Array]:
    """What a model is to predict, by name. values: NaN where not observed, or where events give no figure."""
    onset = _onset(values["deaths_best"] > 0, seen, onset_after)
    return {**values, "log1p_deaths": np.log1p(values["deaths_best"]), "onset": onset}


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
    horizon: int,
    lags: Sequence[int],
    half_lives: Sequence[float],
    around: Sequence[tuple[Array, Array]] | None,
) -> dict[str, Array]:
    """What was known `horizon` months before, by name. around: as the function of that name gives it."""
    known = {name: np.where(seen, values[name], np.float32(np.nan)) for name in ("deaths_best", "n_events")}
    found = {f"{name}_lag{lag}": _shifted(array, lag) for lag in lags for name, array in known.items()}
    for life in half_lives:
        found[f"decay_{life:g}"] = _shifted(_decay(values["n_events"] > 0, seen, life), horizon - 1)
    if around is not None:
        total = np.zeros_like(known["deaths_best"])
        for to, of in around:
            total[to] += np.nan_to_num(known["deaths_best"][of])
        found[f"neighbours_deaths_lag{horizon}"] = _shifted(total, horizon)
    return found


def _shifted(array: Array, lag: int) -> Array:
    moved = np.full_like(array, np.nan)
    moved[:, lag:] = array[:, : max(0, array.shape[1] - lag)]
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


def around(
    keys: list[tuple[Any, ...]], neighbours: bool | Mapping[Any, Sequence[Any]]
) -> list[tuple[Array, Array]] | None:
    """Which units lie around which, as pairs of positions: in each pair of arrays no unit stands twice on the left.

    neighbours: True for the eight cells around each cell of a grid; or unit -> its neighbours. Those that are not in
    the panel, or not observed, add nothing. UsageError for a unit of the mapping that is not in the panel.
    """
    if neighbours is False:
        return None
    if neighbours is True:
        return _cells_around(np.array([key[0] for key in keys], dtype=np.int64))
    position = {key if len(key) > 1 else key[0]: n for n, key in enumerate(keys)}
    absent = [unit for unit in neighbours if unit not in position]
    if absent:
        raise UsageError(f"neighbours of {absent[0]} are given, which is no unit of the panel")
    listed = [
        [position[other] for other in dict.fromkeys(neighbours.get(unit, ())) if other in position] for unit in position
    ]
    rounds = []
    for turn in range(max(map(len, listed), default=0)):
        pairs = [(n, others[turn]) for n, others in enumerate(listed) if len(others) > turn]
        to, of = np.array(pairs).T
        rounds.append((to, of))
    return rounds


def _cells_around(cells: Array) -> list[tuple[Array, Array]]:
    order = np.argsort(cells)
    row, column = np.divmod(cells - 1, ROW)
    rounds = []
    for up in (-1, 0, 1):
        for right in (-1, 0, 1):
            other = (row + up) * ROW + (column + right) % ROW + 1  # round the globe, not over the pole
            at = np.minimum(np.searchsorted(cells, other, sorter=order), len(cells) - 1)
            there = (cells[order[at]] == other) & (row + up >= 0) & (row + up < COLUMNS)
            if (up, right) != (0, 0):
                rounds.append((np.flatnonzero(there), order[at][there]))
    return rounds
