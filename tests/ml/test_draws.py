"""Draws keep to what is known."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.ml.draws import triangular, uniform

figures = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)).map(sorted)


@given(figures, st.floats(0, 1))
def test_a_draw_lies_between_low_and_high(three: list[int], unit: float) -> None:
    low, best, high = (np.array([value], dtype=np.float32) for value in three)
    drawn = triangular(low, best, high, np.array([unit]))
    assert low <= drawn <= high
    assert drawn == np.rint(drawn)


@given(figures, st.floats(0, 1))
def test_an_open_bound_gives_no_figure_beyond_best(three: list[int], unit: float) -> None:
    low, best, high = (np.array([value], dtype=np.float32) for value in three)
    unknown = np.array([np.nan], dtype=np.float32)
    assert triangular(low, best, unknown, np.array([unit])) <= best
    assert triangular(unknown, best, high, np.array([unit])) >= best
    assert triangular(unknown, best, unknown, np.array([unit])) == best


def test_bounds_in_the_wrong_order_draw_nothing() -> None:
    one = np.array([9.0], dtype=np.float32)
    assert triangular(one, np.array([5.0]), np.array([7.0]), np.array([0.3])).tolist() == [5]


def test_the_draws_have_the_mean_of_the_triangular_distribution() -> None:
    count = 200_000
    low, best, high = (np.full(count, value, dtype=np.float32) for value in (0, 30, 300))
    unit = uniform(np.arange(count), seed=1, epoch=0)
    assert abs(unit.mean() - 0.5) < 0.005
    assert abs(triangular(low, best, high, unit).mean() - (0 + 30 + 300) / 3) < 1


def test_a_row_is_drawn_alike_wherever_it_is_drawn() -> None:
    rows = np.arange(100)
    assert (uniform(rows, 1, 2)[40:50] == uniform(rows[40:50], 1, 2)).all()
    assert (uniform(rows, 1, 2) != uniform(rows, 1, 3)).all()
