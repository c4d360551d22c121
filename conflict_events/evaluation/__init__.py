"""How well extracted events agree with articles coded by hand; docs/reference/evaluation.md gives the measures."""

from __future__ import annotations

from conflict_events.evaluation.breakdown import GROUPS, Found, breakdown
from conflict_events.evaluation.gold import Article, read_gold, read_predictions
from conflict_events.evaluation.score import Score, evaluate

__all__ = ["GROUPS", "Article", "Found", "Score", "breakdown", "evaluate", "read_gold", "read_predictions"]
