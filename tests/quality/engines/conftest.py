"""What the tests of engines share: the Spark session, which takes long to start."""

from __future__ import annotations

import importlib.util
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def spark() -> SparkSession:
    """A local Spark session; without pyspark or Java the test skips, or fails if CONFLICT_EVENTS_REQUIRE_SPARK is 1."""
    lacking = _lacking()
    if lacking and os.environ.get("CONFLICT_EVENTS_REQUIRE_SPARK") == "1":
        pytest.fail(f"CONFLICT_EVENTS_REQUIRE_SPARK is set, and there is no {lacking}")
    if lacking:
        pytest.skip(f"needs {lacking}, which is not installed")
    from conflict_events.quality.engines.spark_session import session

    return session()


def _lacking() -> str | None:
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark"
    from conflict_events.quality.engines.spark_session import has_java

    return None if has_java() else "Java 17"
