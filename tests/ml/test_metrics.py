"""The metrics are those of their sources."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from conflict_events.ml.tasks.metrics import average_precision, b_cubed, crps, msle

counts = st.integers(0, 50).map(float)


def test_msle_by_hand() -> None:
    assert msle(np.array([0.0, math.e - 1]), np.array([0.0, 0.0])) == pytest.approx(0.5)


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.tuples(arrays(float, 4, elements=counts), arrays(float, (4, n), elements=counts))
    )
)
def test_crps_is_the_distance_to_the_truth_less_half_that_among_the_draws(given: tuple[np.ndarray, np.ndarray]) -> None:
    truth, draws = given
    slow = [
        np.mean([abs(x - y) for x in row]) - np.mean([abs(x - z) for x in row for z in row]) / 2
        for y, row in zip(truth, draws, strict=True)
    ]
    assert crps(truth, draws) == pytest.approx(float(np.mean(slow)))


@given(arrays(float, 5, elements=counts), arrays(float, 5, elements=counts))
def test_crps_of_a_single_number_is_the_absolute_error(truth: np.ndarray, guess: np.ndarray) -> None:
    assert crps(truth, guess) == pytest.approx(float(np.mean(np.abs(truth - guess))))


def test_average_precision_of_a_score_that_tells_nothing_is_the_share_of_positives() -> None:
    truth = np.array([True, False, False, True])
    assert average_precision(truth, np.zeros(4)) == 0.5
    assert average_precision(truth, truth.astype(float)) == 1
    assert math.isnan(average_precision(np.zeros(4, dtype=bool), np.arange(4)))


def test_b_cubed_by_hand() -> None:
    # two true clusters of 3 and 2; the second element of the one was put to the other
    precision, recall, f1 = b_cubed(np.array([1, 1, 1, 2, 2]), np.array([7, 9, 7, 9, 9]))
    assert precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


labels = arrays(int, 12, elements=st.integers(0, 4))


@given(labels, labels)
def test_b_cubed_knows_no_names_and_turns_about(truth: np.ndarray, guess: np.ndarray) -> None:
    precision, recall, f1 = b_cubed(truth, guess)
    assert b_cubed(truth, 10 - guess) == pytest.approx((precision, recall, f1))
    assert b_cubed(guess, truth) == pytest.approx((recall, precision, f1))
    assert b_cubed(truth, truth) == (1, 1, 1)
    assert b_cubed(truth, np.arange(12))[0] == 1
    assert b_cubed(truth, np.zeros(12))[1] == 1
