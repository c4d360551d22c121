"""SARIF 2.1.0: what its specification and GitHub's code scanning ask for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conflict_events.quality.formats import sarif
from conflict_events.quality.formats.sarif import to_sarif
from conflict_events.quality.result import Checked, Result
from tests.quality.formats.made import failure, make

URI = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=@%/-]+")


def run(result: Result) -> dict[str, Any]:
    """The only run of the log, its structure checked."""
    log = json.loads(to_sarif(result))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (one,) = log["runs"]
    driver = one["tool"]["driver"]
    assert driver["name"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    rules = driver["rules"]
    assert len({r["id"] for r in rules}) == len(rules)
    for rule in rules:
        assert rule["name"]
        assert all(rule[field]["text"] for field in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    for found in one["results"]:
        check_result(found, rules)
    for note in one["invocations"][0]["toolExecutionNotifications"]:
        assert note["message"]["text"]
        assert note["associatedRule"]["id"] in {r["id"] for r in rules}
    return dict(one)


def check_result(found: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    """One result has what the specification asks of it."""
    assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
    assert found["level"] in {"error", "warning", "note"}
    assert found["message"]["text"]
    assert all(isinstance(v, str) and v for v in found["partialFingerprints"].values())
    for location in found["locations"]:
        assert set(location) <= {"logicalLocations", "physicalLocation"}
        assert location["logicalLocations"][0]["fullyQualifiedName"]
        physical = location.get("physicalLocation")
        if physical:
            assert URI.fullmatch(physical["artifactLocation"]["uri"].removeprefix("file://"))
            assert physical.get("region", {"startLine": 1})["startLine"] >= 1
    for suppression in found.get("suppressions", []):
        assert suppression["kind"] == "external"
        assert suppression["justification"]


@pytest.mark.parametrize("which", ["clean", "small", "hostile"])
def test_logs_are_built_as_the_specification_says(which: str, request: pytest.FixtureRequest) -> None:
    run(request.getfixturevalue(which))


def test_excused_failures_are_suppressed_with_the_reason(small: Result) -> None:
    results = run(small)["results"]
    assert [(r["ruleId"], r["level"], "suppressions" in r) for r in results] == [
        ("CE119", "error", False),
        ("CE119", "error", True),
        ("CE209", "warning", False),
    ]
    assert results[1]["suppressions"][0]["justification"] == "a known typo"


def test_a_csv_row_is_a_line_and_its_path_is_relative_and_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "in put" / "é#1.csv"
    path.parent.mkdir()
    path.write_text("id\ne0\n", encoding="utf-8")
    result = make([failure("CE119", 0, "m", str(path))], checked=[Checked("events", str(path), 1)])
    assert run(result)["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "in%20put/%C3%A9%231.csv"},
        "region": {"startLine": 2},
    }


def test_a_table_in_memory_has_only_a_logical_location() -> None:
    result = make([failure("CE119", 0, "m", "<pyarrow Table>")], checked=[Checked("events", "<pyarrow Table>", 1)])
    assert run(result)["results"][0]["locations"] == [
        {"logicalLocations": [{"name": "e0", "fullyQualifiedName": "events/e0", "kind": "row"}]}
    ]


def test_a_failure_keeps_its_fingerprint_when_its_row_moves() -> None:
    one, moved, other = (
        run(make([failure("CE119", row, "m", key=key)]))["results"][0]["partialFingerprints"]
        for row, key in ((1, "a"), (7, "a"), (1, "b"))
    )
    assert one == moved != other


def test_a_run_is_bounded_and_says_how_much_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 4)
    found = [failure("CE119", n, "m") for n in range(20)] + [failure("CE209", 1, "m")]
    one = run(make(found))
    assert [r["ruleId"] for r in one["results"]] == ["CE119"] * 3 + ["CE209"]
    assert (one["properties"]["total"], one["properties"]["shown"]) == (21, 4)
