"""Fictional events of two or three datasets, and how they are linked in the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conflict_events.linking import Linked, link
from conflict_events.targets.arrow import to_table
from tests.linking.made import Row

Link = Callable[..., Linked]
Scores = Callable[..., dict[tuple[str, str], float]]


@pytest.fixture
def linked() -> Link:
    """Link rows of events."""
    return lambda rows, **asked: link(to_table("events", list(rows)), **asked)


@pytest.fixture
def pairs(linked: Link) -> Callable[..., set[tuple[str, str]]]:
    """The linked pairs of rows, one-to-one unless asked otherwise."""

    def found(*rows: Row, **asked: Any) -> set[tuple[str, str]]:
        return {(row["event_id_1"], row["event_id_2"]) for row in linked(rows, **asked).links.to_pylist()}

    return found


@pytest.fixture
def scores(linked: Link) -> Scores:
    """Every candidate pair of the rows with its score, however low."""

    def found(*rows: Row, **asked: Any) -> dict[tuple[str, str], float]:
        table = linked(rows, method="candidates", threshold=0, **asked).links
        return {(row["event_id_1"], row["event_id_2"]): row["score"] for row in table.to_pylist()}

    return found
