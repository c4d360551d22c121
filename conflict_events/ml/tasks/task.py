"""What a task is: a part to learn from, a part to predict, how a prediction is scored, and what must be beaten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events.errors import UsageError
from conflict_events.ml.groups import Array
from conflict_events.ml.tasks import metrics

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """`train`, `test`: Arrow, with the columns `features` and `target`. `about`: what the parts are, in a sentence.
    `shape`: what a prediction for the test part must be. `baselines`: name -> makes its prediction."""

    name: str
    about: str
    train: pa.Table
    test: pa.Table
    features: tuple[str, ...]
    target: str
    shape: str
    scorer: Callable[[Array], dict[str, float]]
    baselines: Mapping[str, Callable[[], Array]]

    def score(self, prediction: Array) -> dict[str, float]:
        """Metric -> value of a prediction for the rows of `test`, in their order. UsageError for another shape."""
        if len(prediction) != self.test.num_rows:
            raise UsageError(
                f"the prediction has {len(prediction):,} rows and the test part {self.test.num_rows:,}: {self.shape}"
            )
        return self.scorer(prediction)

    def table(self) -> dict[str, dict[str, float]]:
        """Baseline -> metric -> value."""
        return {name: self.score(predict()) for name, predict in self.baselines.items()}


@contextmanager
def one_thread() -> Iterator[None]:
    """Let scikit-learn work in one thread, so that sums, and so the scores, are the same on every machine.

    UsageError where it is not installed.
    """
    metrics.sklearn()
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
