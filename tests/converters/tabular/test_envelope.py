"""What an answer says around its rows is told where it means that rows are missing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.converters.tabular.envelope import told

UCDP = {"TotalCount": 2500, "TotalPages": 3, "PreviousPageUrl": ""}


@pytest.mark.parametrize(
    ("envelope", "rows", "said"),
    [
        (
            UCDP | {"NextPageUrl": "https://x.example/api?pagesize=1000&page=1"},
            1000,
            ["1 of 3: 1,500 of 2,500 rows are missing"],
        ),
        (UCDP | {"NextPageUrl": ""}, 500, ["page ? of 3: 2,000 of 2,500 rows are missing"]),
        ({"TotalCount": 2, "TotalPages": 1}, 2, []),
        ({"count": None, "total_count": None, "success": True, "status": 200, "messages": []}, 10, []),
        ({"count": "12"}, 10, ["says that it has 12 rows and has 10"]),
        ({"success": False}, 0, ["says that it failed"]),
        ({"status": 500, "message": "out of order"}, 0, ["says that it failed: out of order"]),
    ],
)
def test_what_is_missing_is_told(envelope: dict[str, Any], rows: int, said: list[str]) -> None:
    found = list(told(envelope, rows))
    assert len(found) == len(said)
    assert all(part in message for part, message in zip(said, found, strict=True))


KEYS = st.sampled_from(
    ["success", "status", "count", "total_count", "TotalCount", "TotalPages", "NextPageUrl", "messages", "error"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(envelope=st.dictionaries(KEYS, VALUES), rows=st.integers(0, 10**6))
def test_no_envelope_stops_a_conversion(envelope: dict[str, Any], rows: int) -> None:
    assert all(isinstance(message, str) and message for message in told(envelope, rows))
