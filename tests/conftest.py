"""Rows and folders that several tests share."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# CI asks for fewer examples than a developer's run, to stay within its time
settings.register_profile("project", deadline=None, max_examples=int(os.environ.get("CONFLICT_EVENTS_EXAMPLES", "60")))
settings.load_profile("project")

# a worker of pytest-xdist has a main module without a file, which pyspark takes for a doctest and ends the process
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__

# Spark lives for a minute here: a machine that compiles its code once, and not again to make it faster, takes half the
# time; what it says of these options goes where its other words go, to no stream of ours
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")

ROOT = Path(__file__).resolve().parent.parent
# what a developer has imported changes no test, and no test changes it; a test that imports names a folder of its own
os.environ["CONFLICT_EVENTS_GAZETTEER"] = str(ROOT / "tests" / "no-gazetteer")
SHARED = ROOT.parent / "shared"


@pytest.fixture
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture
def shared() -> Path:
    """Real third-party files beside the checkout; a test that needs them skips where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the third-party files beside the checkout (../shared), which a clone does not have")
    return SHARED


@pytest.fixture
def event() -> dict[str, Any]:
    """A good row of events; fictional."""
    return {
        "event_id": "e1",
        "origin": "article",
        "record_status": "candidate",
        "event_level": "incident",
        "event_type": "battles",
        "event_subtype": "armed_clash",
        "date_start": date(2017, 5, 15),
        "date_end": date(2017, 5, 15),
        "date_precision": 1,
        "coder": "manual",
        "reviewed": False,
        "n_reports": 1,
    }
