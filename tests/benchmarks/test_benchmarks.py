"""The benchmarks of validation run, on few rows. No time is asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import (
    convert_files,
    link_events,
    load_batches,
    made,
    panel_cells,
    peers,
    query_macros,
    table,
    validate_engines,
    validate_large,
)

ROWS = 2_000


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "events.parquet"
    made.events(path, ROWS, 100)
    return path


@pytest.mark.parametrize("name", [n for n, one in peers.COMPETITORS.items() if one.module not in ("decode", "ours")])
def test_other_libraries_count_the_failing_rows_that_we_count(name: str, broken: Path) -> None:
    if lacks := peers.lacking(name):
        pytest.skip(f"{lacks} is not installed")
    ours, theirs = peers.count("duckdb", str(broken)), peers.count(name, str(broken))
    assert theirs == {rule: ours[rule] for rule in theirs}
    assert len(theirs) > 80
    assert sum(theirs.values()) > ROWS / 100


def test_each_fault_of_a_made_file_breaks_one_rule(broken: Path) -> None:
    failed = {rule: n for rule, n in peers.count("duckdb", str(broken)).items() if n}
    assert len(failed) == len(made._BROKEN)


def test_engines_are_measured_side_by_side(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", encoding="utf-8")
    validate_engines.main(["--rows", str(ROWS), "--only", "polars", "--times", "1", "--into", str(page)])
    result = json.loads(capsys.readouterr().out)
    told = {(run["name"], run["data"]): run for run in result["runs"] if "not_run" not in run}
    assert told["duckdb", "bad"]["failures"] == told["polars", "bad"]["failures"] > ROWS / 100
    assert told["polars", "bad"]["differences"] == {}
    assert told["duckdb", "clean"]["failures"] == 0
    assert "conflict-events, engine duckdb" in page.read_text(encoding="utf-8")
    assert "old" not in page.read_text(encoding="utf-8")


def test_large_files_are_validated_under_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    validate_large.main([str(ROWS), "--limit", "200MB"])
    result = json.loads(capsys.readouterr().out)
    assert result["failed"] is None
    assert result["failures"] >= result["broken_rows"] == 1


@pytest.mark.parametrize("real", [True, False])
def test_files_of_every_kind_are_converted_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, real: bool
) -> None:
    if not real:
        monkeypatch.setattr(convert_files, "DATA", tmp_path)
    elif not convert_files.DATA.is_dir():
        pytest.skip("needs the third-party files beside the checkout (../shared), which a clone does not have")
    convert_files.main(["--rows", "3000"])
    runs = json.loads(capsys.readouterr().out)["runs"]
    assert [(one["dataset"], one["real_rows"], one["failed"]) for one in runs] == [
        ("gdelt", real, None),
        ("ucdp_ged", real, None),
    ]
    assert [(one["rows_out"], one["rows_copied"]) for one in runs] == [(3000, 3000)] * 2


def test_made_matches_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    link_events.main(["--rows", "500"])
    [run] = json.loads(capsys.readouterr().out)["runs"]
    assert run["failed"] is None
    assert run["links"] > 200
    assert run["precision"] > 0.9


def test_a_panel_of_cells_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    panel_cells.main(["--events", str(ROWS), "--cells", "50", "--months", "12"])
    assert capsys.readouterr().out.startswith("600 rows of ")


def test_macros_are_measured_beside_sql_that_gives_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    query_macros.main(["--rows", str(ROWS), "--times", "1"])
    result = json.loads(capsys.readouterr().out)
    assert result["country_month_differs"] == 0
    assert result["found"] > 0
    assert {type(taken) for taken in result["seconds_within_limit"].values()} == {float}


def test_loaders_are_measured_beside_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    load_batches.main(["--rows", str(ROWS), "--size", "64"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7
    assert all("rows/s" in line for line in lines)
