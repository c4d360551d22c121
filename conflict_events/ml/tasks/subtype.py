"""The kind of an event, from columns that do not tell it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml.encode import Batch, encode
from conflict_events.ml.encoding import Category, Encoding, fit
from conflict_events.ml.groups import Array
from conflict_events.ml.splits import TEST, TRAIN, grouped
from conflict_events.ml.tasks import metrics
from conflict_events.ml.tasks.task import Task, one_thread

if TYPE_CHECKING:
    from conflict_events.query.source import Source

TARGET = "event_subtype"
NUMBERS = ("latitude", "longitude", "where_precision", "date_precision")
CATEGORIES = ("country", "admin1", "side_a", "side_b", "side_a_type", "side_b_type")
"""The columns that a model may see: where, how precisely, and who. The others tell the kind (event_type, notes, native,
territory_to, deaths), or what the coder thought of it."""

RARE = 5
"""Kinds and names that training has fewer of are as if never seen."""


def subtype(source: Source | None = None, *, seed: int = 0) -> Task:
    """Predict event_subtype of events whose articles, clusters and aggregates training does not have.

    source: events and reports, as in `connect`; None for the shipped ones. seed: which fifth of the groups is the test.
    Test events of a kind that training has fewer than 5 times are left out.

    A prediction has a row a test row and a column a kind, in the order of `encoding(task).target.values`: numbers that
    are the higher the likelier. Metrics: accuracy, macro_f1 (mean over the kinds), average_precision (of each kind
    against the others, mean over the kinds in the test).

    Raises UsageError where the events have no kinds or no reports.
    """
    from contextlib import closing

    from conflict_events.query import connect

    with closing(connect(source)) as con:
        events = con.sql(f"FROM counted_events() WHERE {TARGET} IS NOT NULL ORDER BY event_id").to_arrow_table()
        reports = con.sql("SELECT event_id, source_id FROM reports WHERE event_id IS NOT NULL").to_arrow_table()
    if not events.num_rows or not reports.num_rows:
        raise UsageError("the task needs events that have an event_subtype, and their reports")
    split = grouped(events, by="article", reports=reports, shares={TRAIN: 0.8, TEST: 0.2}, seed=seed)
    columns = ["event_id", *NUMBERS, *CATEGORIES, TARGET]
    train = split.table(TRAIN, events).select(columns)
    learned = fit(train, numbers=NUMBERS, categories=CATEGORIES, target=TARGET, min_count=RARE)
    whole = split.table(TEST, events).select(columns)
    test = whole.filter(encode(whole, learned)["target_known"])
    about = (
        f"{train.num_rows:,} events to train and {test.num_rows:,} to test, which share no article; "
        f"{len(_kinds(learned))} kinds; {whole.num_rows - test.num_rows} test events of rarer kinds left out"
    )
    arrays = encode(train, learned), encode(test, learned)
    baselines = {
        "most frequent": lambda: _frequent(learned, test.num_rows),
        "by kind of sides": lambda: _by_sides(*arrays, learned),
        "gradient boosting": lambda: _boosted(*arrays, learned),
    }
    shape = "a number a kind for each row of test"
    scorer = partial(_scored, arrays[1]["target"], len(_kinds(learned)))
    return Task("subtype", about, train, test, (*NUMBERS, *CATEGORIES), TARGET, shape, scorer, baselines)


def encoding(task: Task) -> Encoding:
    """How the baselines see the columns: learned from the training part."""
    return fit(task.train, numbers=NUMBERS, categories=CATEGORIES, target=TARGET, min_count=RARE)


def _kinds(learned: Encoding) -> tuple[str, ...]:
    assert isinstance(learned.target, Category)
    return learned.target.values


def _scored(truth: Array, kinds: int, prediction: Array) -> dict[str, float]:
    metrics.sklearn()
    from sklearn.metrics import f1_score

    if prediction.ndim != 2 or prediction.shape[1] != kinds:
        raise UsageError(f"the prediction has shape {prediction.shape}: a column for each of {kinds} kinds")
    best = prediction.argmax(axis=1)
    present = np.unique(truth)
    each = [metrics.average_precision(truth == kind, prediction[:, kind]) for kind in present]
    return {
        "accuracy": float(np.mean(best == truth)),
        "macro_f1": float(f1_score(truth, best, labels=present, average="macro", zero_division=0)),
        "average_precision": float(np.mean(each)),
    }


def _frequent(learned: Encoding, rows: int) -> Array:
    assert isinstance(learned.target, Category)
    counts = np.asarray(learned.target.counts, dtype=np.float64)
    return np.tile(counts / counts.sum(), (rows, 1))


def _by_sides(train: Batch, test: Batch, learned: Encoding) -> Array:
    """How often each kind is among the events of training whose two sides are of the same types; one more event of each
    pair is spread over the kinds as they are in all of training."""
    at = [CATEGORIES.index(name) for name in ("side_a_type", "side_b_type")]
    known = train["target_known"]
    pairs, back = np.unique(
        np.concatenate([train["categories"][:, at], test["categories"][:, at]]), axis=0, return_inverse=True
    )
    counts = np.tile(_frequent(learned, 1), (len(pairs), 1))
    np.add.at(counts, (back.ravel()[: len(known)][known], train["target"][known]), 1)
    shares: Array = counts / counts.sum(axis=1, keepdims=True)
    return shares[back.ravel()[len(known) :]]


def _boosted(train: Batch, test: Batch, learned: Encoding) -> Array:
    """Gradient-boosted trees with scikit-learn's settings; names as categories, a null as a null."""

    def columns(batch: Batch) -> Array:
        numbers = np.where(batch["numbers_known"], batch["numbers"], np.nan)
        return np.concatenate([numbers, np.where(batch["categories_known"], batch["categories"], np.nan)], axis=1)

    known = train["target_known"]
    found = np.zeros((len(test["row"]), len(_kinds(learned))))
    with one_thread():
        from sklearn.ensemble import HistGradientBoostingClassifier

        codes = range(len(NUMBERS), len(NUMBERS) + len(CATEGORIES))
        model = HistGradientBoostingClassifier(random_state=0, early_stopping=False, categorical_features=codes)
        model.fit(columns(train)[known], train["target"][known])
        found[:, model.classes_] = model.predict_proba(columns(test))
    return found
