"""Results that every format is tried on."""

from __future__ import annotations

from datetime import date

import pytest

from conflict_events.quality.result import Checked, NotRun, Result
from tests.quality.formats.made import HOSTILE, failure, make


@pytest.fixture
def clean() -> Result:
    """No failure."""
    return make([])


@pytest.fixture
def small() -> Result:
    """Two errors, one of them excused, a warning, a rule that did not run."""
    found = [
        failure("CE119", 1, "country 'IRK' is not in the vocabulary country"),
        failure("CE119", 4, "country 'XX' is not in the vocabulary country"),
        failure("CE209", 4, "a warning"),
    ]
    return make(
        found,
        excused=[found[0] | {"reason": "a known typo"}],
        not_run=[NotRun("CE256", "events", None, "table actors was not given")],
        places={
            1: {"latitude": 36.34, "longitude": 43.13, "country": "IRK", "date_start": date(2017, 5, 15)},
            4: {"latitude": 33.3, "longitude": 44.4, "country": "XX", "date_start": date(2016, 1, 1)},
        },
    )


@pytest.fixture
def hostile() -> Result:
    """Every text that comes from data is hostile."""
    name = f"dir/{HOSTILE}.csv".replace("\x00", "")
    found = [failure(rule, 0, HOSTILE, name, HOSTILE) for rule in ("CE119", "CE209")]
    return make(
        found,
        checked=[Checked("events", name, 1)],
        excused=[found[1] | {"reason": HOSTILE}],
        not_run=[NotRun("CE256", "events", name, HOSTILE)],
        places={0: {"latitude": 1.0, "longitude": 2.0, "country": HOSTILE, "date_start": None}},
    )
