"""Test your own pipeline: Hypothesis strategies for rows, tables and data sets that keep every rule, or break one.

Everything is made from the declaration, by rule kind. Needs the extra `testing`.
"""

from __future__ import annotations

from conflict_events.testing.breaking import Broken
from conflict_events.testing.strategies import broken, datasets, rows, tables

__all__ = ["Broken", "broken", "datasets", "rows", "tables"]
