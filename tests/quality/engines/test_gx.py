"""Great Expectations finds what DuckDB finds. Few runs: each takes a third of a second a table."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

import pytest

import conflict_events as ce
from conflict_events.quality.engines.frame import EngineError
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD
from tests.quality.engines import hard_rows

pytest.importorskip("great_expectations")


def test_gx_finds_what_duckdb_finds_at_the_edges() -> None:
    data = hard_rows.tables(80)
    found, wanted = ce.validate(data, suite="release", engine="gx"), ce.validate(data, suite="release")
    assert found.counts == wanted.counts
    assert found.failures.equals(wanted.failures)
    assert found.not_run == wanted.not_run


def test_a_table_without_rows_breaks_nothing() -> None:
    counts = ce.validate(hard_rows.tables(0), suite="release", engine="gx").counts
    assert not any(counts.values())


def test_an_expectation_that_raises_is_an_error_and_no_clean_bill(monkeypatch: pytest.MonkeyPatch) -> None:
    from conflict_events.targets import gx as words

    raises = {"type": "expect_column_values_to_be_between", "kwargs": {"column": "no_such", "min_value": 0}}
    made = words.expectations
    monkeypatch.setattr(words, "expectations", lambda rule: [e | raises for e in made(rule)])
    with pytest.raises(EngineError, match=r'could not run rule CE\d+: .*"no_such"'):
        ce.validate(to_table("publishers", [GOOD["publishers"]]), engine="gx")


def test_nothing_leaves_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert ce.validate(to_table("publishers", [GOOD["publishers"]]), engine="gx").ok


def test_nothing_is_said_on_stderr() -> None:
    code = (
        "import conflict_events as ce; from tests.quality.engines.test_pandera import broken; "
        "data = broken(); data = {name: data[name] for name in ('sources', 'publishers', 'events', 'reports')}; "
        "ce.validate(data, suite='release', engine='gx')"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore::FutureWarning", "-c", code], capture_output=True, text=True, check=True
    )
    # GX imports pyspark where it is installed, and that speaks when a part of it is missing
    assert [line for line in done.stderr.splitlines() if not line.startswith("Skipping doctests")] == []
