"""Which reports describe the same event: reports of several papers, in several languages, to be put into clusters."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml import groups
from conflict_events.ml.groups import Array
from conflict_events.ml.tasks import metrics
from conflict_events.ml.tasks.task import Task, one_thread

if TYPE_CHECKING:
    import pyarrow as pa

    from conflict_events.query.source import Source

TARGET = "event_id"
FEATURES = ("source_id", "published", "language", "event_subtype", "date_start", "date_end", "place_text",
            "side_a_text", "side_b_text", "killed")  # fmt: skip
DAYS = 3
"""Reports whose first days lie further apart are never taken for one event by the baselines."""

PAIRS = f"""
SELECT
    a.n AS a, b.n AS b, a.event_id = b.event_id AS same,
    abs(a.date_start - b.date_start) AS days_apart,
    abs(a.published - b.published) AS published_apart,
    CAST(a.source_id = b.source_id AS INTEGER) AS same_article,
    CAST(a.language = b.language AS INTEGER) AS same_language,
    CAST(a.event_subtype = b.event_subtype AS INTEGER) AS same_subtype,
    jaro_winkler_similarity(lower(a.place_text), lower(b.place_text)) AS place,
    jaccard(lower(a.place_text), lower(b.place_text)) AS place_letters,
    jaro_winkler_similarity(lower(a.side_a_text), lower(b.side_a_text)) AS side_a,
    jaro_winkler_similarity(lower(a.side_b_text), lower(b.side_b_text)) AS side_b,
    abs(ln(1 + a.killed) - ln(1 + b.killed)) AS killed
FROM told AS a JOIN told AS b ON a.n < b.n AND b.date_start BETWEEN a.date_start - {DAYS} AND a.date_start + {DAYS}
ORDER BY a.n, b.n
"""


def same_event(source: Source | None = None, *, cut: date = date(2017, 6, 1)) -> Task:
    """Put the reports of events that begin on the cut or later into clusters, a cluster an event.

    source: reports, casualties and sources, as in `connect`; None for the shipped ones. Training has the reports whose
    events had ended before the cut, and no article of the test part. A model may see a report's own account (the
    columns `task.features`), never its ids.

    A prediction has a label a test row; reports with the same label are one cluster. Metrics: b_cubed_precision,
    b_cubed_recall, b_cubed_f1.

    Raises UsageError where a part has no reports.
    """
    from contextlib import closing

    import pyarrow.compute as pc

    from conflict_events.query import connect

    with closing(connect(source)) as con:
        told = con.sql(
            "SELECT r.report_id, r.event_id, r.source_id, s.published, s.language, r.event_subtype, r.date_start, "
            "r.date_end, r.place_text, r.side_a_text, r.side_b_text, k.killed, e.date_start AS event_start, "
            "e.date_end AS event_end FROM reports AS r JOIN counted_events() AS e ON e.event_id = r.event_id "
            "LEFT JOIN sources AS s ON s.source_id = r.source_id "
            "LEFT JOIN (SELECT report_id, sum(best) AS killed FROM casualties WHERE harm = 'killed' GROUP BY ALL) AS k "
            "ON k.report_id = r.report_id WHERE r.claim_kind = 'event' ORDER BY r.report_id"
        ).to_arrow_table()
    start, end = (told[name].to_numpy().astype("datetime64[D]") for name in ("event_start", "event_end"))
    told = told.drop_columns(["event_start", "event_end"])
    train, after = told.filter(end < np.datetime64(cut)), told.filter(start >= np.datetime64(cut))
    test = after.filter(pc.invert(pc.is_in(after["source_id"], value_set=train["source_id"].combine_chunks())))
    if not train.num_rows or not test.num_rows:
        raise UsageError(f"{train.num_rows} reports before {cut} and {test.num_rows} from then on: move the cut")
    about = (
        f"train {train.num_rows:,} reports of events before {cut}, test {test.num_rows:,} reports of "
        f"{len(test[TARGET].unique()):,} events from then on; left out: {after.num_rows - test.num_rows} of articles "
        f"that training has, {told.num_rows - train.num_rows - after.num_rows} of events across the cut or undated"
    )
    baselines = {
        "each alone": lambda: np.arange(test.num_rows),
        "same day and place": lambda: _by_columns(test, ("date_start", "place_text")),
        "same day, place and kind": lambda: _by_columns(test, ("date_start", "place_text", "event_subtype")),
        "gradient boosting": lambda: _boosted(train, test),
    }
    truth = groups.ranked(test[TARGET].combine_chunks())[0]
    scorer = partial(_scored, truth)
    return Task("same-event", about, train, test, FEATURES, TARGET, "a label for each row of test", scorer, baselines)


def _scored(truth: Array, prediction: Array) -> dict[str, float]:
    precision, recall, f1 = metrics.b_cubed(truth, prediction)
    return {"b_cubed_precision": precision, "b_cubed_recall": recall, "b_cubed_f1": f1}


def _by_columns(test: pa.Table, names: tuple[str, ...]) -> Array:
    """A label for each set of values; a report that lacks one of them is alone."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [pc.utf8_lower(test[name].cast(pa.string())) for name in names]
    joined = pc.binary_join_element_wise(*texts, "\n")
    alone = pc.binary_join_element_wise("alone", pa.array(range(test.num_rows)).cast(pa.string()), "\n")
    return groups.ranked(pc.coalesce(joined, alone).combine_chunks())[0]


def _pairs(reports: pa.Table) -> dict[str, Array]:
    """The pairs of reports of about the same days, and how alike they are."""
    import duckdb

    with duckdb.connect() as con:
        con.register("told", reports.append_column("n", [np.arange(reports.num_rows)]))
        found: dict[str, Any] = con.execute(PAIRS).fetchnumpy()
    return {name: np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan) for name, values in found.items()}


def _boosted(train: pa.Table, test: pa.Table) -> Array:
    """Gradient-boosted trees on pairs of reports, with scikit-learn's settings; pairs that are more likely one event
    than not are joined, and what hangs together by them is a cluster."""
    learned, asked = _pairs(train), _pairs(test)
    names = [name for name in learned if name not in ("a", "b", "same")]
    with one_thread():
        from sklearn.ensemble import HistGradientBoostingClassifier

        model = HistGradientBoostingClassifier(random_state=0, early_stopping=False)
        model.fit(np.stack([learned[name] for name in names], axis=1), learned["same"].astype(bool))
        likely = model.predict_proba(np.stack([asked[name] for name in names], axis=1))[:, 1] > 0.5
    joined = np.stack([asked["a"], asked["b"]], axis=1)[likely].astype(np.int64)
    edges = (joined.ravel(), np.repeat(np.arange(len(joined)), 2))
    return groups.components(np.arange(test.num_rows), [edges])
