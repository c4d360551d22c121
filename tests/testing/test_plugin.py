"""`pytest --conflict-events FILE`: a test for each rule of a data file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.targets.arrow import to_table

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """pytester forgets the modules that a run loads, and DuckDB cannot be loaded twice."""
    ce.validate(to_table("vocabulary", []))


@pytest.fixture
def file(pytester: pytest.Pytester, event: dict[str, Any]) -> Path:
    """One good event, one with low above best and one whose two sides are one."""
    path = pytester.path / "events.parquet"
    rows = [
        event,
        {**event, "event_id": "e2", "deaths_low": 2, "deaths_best": 1},
        {**event, "event_id": "e3", "side_a_id": "x", "side_b_id": "x"},
    ]
    pq.write_table(to_table("events", rows), path)
    return path


def _run(pytester: pytest.Pytester, *arguments: str | Path) -> pytest.RunResult:
    # not named with -p: the installed package brings it to every pytest by its entry point, as for users
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


def test_each_rule_is_a_test(pytester: pytest.Pytester, file: Path) -> None:
    result = ce.validate(str(file))
    found = _run(pytester, "--conflict-events", file)
    found.assert_outcomes(passed=len(result.counts) - 1, failed=1, skipped=len(result.not_run), warnings=1)
    assert found.ret == 1
    found.stdout.fnmatch_lines(["*row 1 (e2): deaths_low 2 is above*", "*EventDataWarning: CE235 sides_are_two: 1 *"])
    found.stdout.no_fnmatch_line("*Traceback*")


def test_a_rule_that_needs_another_table_is_skipped_with_the_reason(pytester: pytest.Pytester, file: Path) -> None:
    found = _run(pytester, "--conflict-events", file, "--conflict-events-suite", "release", "-rs", "-k", "CE258")
    found.assert_outcomes(skipped=1, deselected=len(ce.schema.rules("events")) + 3)
    found.stdout.fnmatch_lines(["SKIPPED*table places was not given"])


def test_good_data_passes_beside_the_tests(pytester: pytest.Pytester, event: dict[str, Any]) -> None:
    pytester.makepyfile("def test_one(): pass")
    pq.write_table(to_table("events", [event]), pytester.path / "good.parquet")
    # a file that the option does not name is not looked at
    (pytester.path / "other.parquet").write_text("no parquet")
    found = _run(pytester, "--conflict-events", "good.parquet", ".")
    assert found.ret == 0
    assert found.parseoutcomes()["passed"] > 50


def test_a_policy_excuses(pytester: pytest.Pytester, file: Path) -> None:
    policy = pytester.path / "policy.toml"
    policy.write_text('[[waive]]\nrule = "CE210"\nreason = "known"\nexpires = 2999-01-01\n')
    found = _run(pytester, "--conflict-events", file, "--conflict-events-policy", policy)
    assert found.ret == 0
    assert "failed" not in found.parseoutcomes()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--conflict-events", "nowhere.parquet"], "*nowhere.parquet: there is no such file*"),
        (["--conflict-events", "bad.parquet"], "*bad.parquet*"),
        (["--conflict-events", "events.parquet", "--conflict-events-suite", "x"], "*no suite 'x'*"),
    ],
)
def test_what_cannot_be_checked_is_one_line(
    pytester: pytest.Pytester, file: Path, arguments: list[str], line: str
) -> None:
    assert file.exists()
    (pytester.path / "bad.parquet").write_text("no parquet")
    found = _run(pytester, *arguments)
    assert found.ret not in (0, 1)
    assert "Traceback" not in str(found.stdout)
    (found.stdout if "nowhere" not in line else found.stderr).fnmatch_lines([line])


def test_starting_pytest_imports_nothing_heavy() -> None:
    heavy = {"duckdb", "pyarrow", "narwhals", "hypothesis"}
    code = f"import sys, conflict_events.testing.plugin; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
