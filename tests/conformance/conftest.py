"""What each engine found, once a run: engines are slow to start, and the tests only compare."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.quality import ENGINES, Result, engines

OTHERS = ENGINES[1:]
Check = Callable[..., Result]


def skip_without(engine: str) -> None:
    """Skip where the engine cannot run on this machine; fail instead where CONFLICT_EVENTS_REQUIRE_SPARK is set."""
    try:
        engines.engine(engine)
    except UsageError as error:
        pytest.skip(str(error))
    if engine == "spark" and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        assert not os.environ.get("CONFLICT_EVENTS_REQUIRE_SPARK"), "Spark must run here, and there is no Java"
        pytest.skip("Spark needs Java 17, and there is none")


@pytest.fixture(scope="session")
def check() -> Check:
    """validate, whose results are kept: `check(name, data, engine)` runs once for each name and engine."""

    @cache
    def run(name: str, engine: str, suite: str) -> Result:
        return ce.validate(data_of[name], engine=engine, suite=suite, **more_of[name])

    data_of: dict[str, Any] = {}
    more_of: dict[str, dict[str, Any]] = {}

    def check(name: str, data: Any, engine: str, suite: str = "release", **more: Any) -> Result:
        skip_without(engine)
        data_of[name], more_of[name] = data, more
        return run(name, engine, suite)

    return check


def same(one: Result, other: Result) -> bool:
    """Whether two results agree in all but the engine and the time it took."""
    return (
        one.failures.equals(other.failures)
        and one.counts == other.counts
        and one.not_run == other.not_run
        and one.checked == other.checked
        and one.excused.equals(other.excused)
        and one.ok == other.ok
    )


@pytest.fixture
def release(root: Path) -> Path:
    """The shipped release."""
    return root / "data" / "release"
