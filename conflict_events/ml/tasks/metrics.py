"""The metrics of the tasks; what scikit-learn has is taken from there."""

from __future__ import annotations

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml.groups import Array


def sklearn() -> None:
    """UsageError where scikit-learn is not installed."""
    from importlib.util import find_spec

    if find_spec("sklearn") is None:
        raise UsageError("scikit-learn is not installed: pip install conflict-events[ml]")


def msle(truth: Array, predicted: Array) -> float:
    """Mean of the squared differences of log(1 + x), n numbers each, as ViEWS scores forecasts. Less is better."""
    return float(np.mean((np.log1p(truth) - np.log1p(predicted)) ** 2))


def crps(truth: Array, draws: Array) -> float:
    """Mean continuous ranked probability score of n x m draws for n numbers: E|X - y| - E|X - X'| / 2 (T. Gneiting,
    A. E. Raftery, Strictly Proper Scoring Rules, JASA 102, 2007, equation 21). Of a single draw it is the absolute
    error. In the unit of the numbers; less is better."""
    draws = draws[:, None] if draws.ndim == 1 else draws
    count = draws.shape[1]
    error = np.abs(draws - truth[:, None]).mean(axis=1)
    # the mean of |X - X'| from sorted draws: each stands above those before it and below those after it
    weight = 2 * np.arange(1, count + 1) - count - 1
    spread = 2 * (np.sort(draws, axis=1) * weight).sum(axis=1) / count**2
    return float(np.mean(error - spread / 2))


def average_precision(truth: Array, score: Array) -> float:
    """Mean precision over the ranks at which the positives of n truths (bool) stand by descending score; NaN where
    there is none. More is better; a score that tells nothing gives the share of positives."""
    sklearn()
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(truth, score)) if truth.any() else float("nan")


def b_cubed(truth: Array, predicted: Array) -> tuple[float, float, float]:
    """(precision, recall, their harmonic mean) of clusters, n labels each: of an element's cluster the share that is of
    its true cluster, and the other way round, averaged over the elements (A. Bagga, B. Baldwin, Entity-Based
    Cross-Document Coreferencing Using the Vector Space Model, COLING-ACL 1998)."""
    _, true = np.unique(truth, return_inverse=True)
    _, guessed = np.unique(predicted, return_inverse=True)
    _, both = np.unique(np.stack([true, guessed]), axis=1, return_inverse=True)
    shared = np.bincount(both.ravel())[both.ravel()]
    precision = float(np.mean(shared / np.bincount(guessed)[guessed]))
    recall = float(np.mean(shared / np.bincount(true)[true]))
    return precision, recall, 2 * precision * recall / (precision + recall)
