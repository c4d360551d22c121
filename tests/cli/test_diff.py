"""The command diff: formats, outputs, exit codes, and data told from schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from conflict_events.cli.diff import command
from conflict_events.errors import BadDataError, UsageError
from conflict_events.targets.arrow import to_table


@pytest.fixture
def two(event: dict[str, Any], tmp_path: Path) -> tuple[str, str]:
    """Two files that differ in one event."""
    for name, place in (("old", "Alpha"), ("new", "Beta")):
        pq.write_table(to_table("events", [{**event, "place_name": place}]), tmp_path / f"{name}.parquet")
    return str(tmp_path / "old.parquet"), str(tmp_path / "new.parquet")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, arguments, catch_exceptions=True)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def test_differences_exit_0_unless_asked(two: tuple[str, str]) -> None:
    code, text = run(*two)
    assert code == 0
    assert "e1: Alpha -> Beta" in text
    assert run(*two, "--exit-code")[0] == 1
    assert run(two[0], two[0], "--exit-code")[0] == 0


def test_the_output_says_its_format(two: tuple[str, str], tmp_path: Path) -> None:
    for name in ("out.json", "out.md", "out.parquet", "folder"):
        assert run(*two, "-o", str(tmp_path / name), *(["--format", "parquet"] if name == "folder" else []))[0] == 0
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["differs"] is True
    assert (tmp_path / "out.md").read_text(encoding="utf-8").startswith("### ")
    for file in ("out.parquet", "folder/events.parquet"):
        assert pq.read_table(tmp_path / file).column("change").to_pylist() == ["revised"]
    assert json.loads(run(*two, "--format", "json")[1])["tables"][0]["revised"] == 1


def test_outputs_never_take_the_place_of_inputs(two: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="would be overwritten"):
        run(*two, "-o", two[0])
    with pytest.raises(UsageError, match="add -o"):
        run(*two, "--format", "parquet")


def test_a_folder_of_outputs_never_takes_the_place_of_an_input(two: tuple[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    kept = Path(two[0]).rename(folder / "events.parquet")
    before = kept.read_bytes()
    with pytest.raises(UsageError, match="would be overwritten"):
        run(str(kept), two[1], "-o", str(folder))
    assert kept.read_bytes() == before
    assert run(str(kept), two[1], "-o", str(tmp_path / "fresh" / "changes.parquet"))[0] == 0
    assert pq.read_table(tmp_path / "fresh" / "changes.parquet")["column"].to_pylist() == ["place_name"]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"version": "x", "tables": []}, "its version is 'x'"),
        ({"version": "0.1.0", "tables": [{}]}, "no schema document"),
        ({"version": "0.1.0", "tables": 1}, "no schema document"),
    ],
)
def test_a_file_that_is_no_schema_document_is_named(tmp_path: Path, document: dict[str, Any], said: str) -> None:
    path = tmp_path / "made.json"
    path.write_text(json.dumps({"rules": [], "suites": [], "vocabularies": {}, **document}), encoding="utf-8")
    with pytest.raises(BadDataError, match=said):
        run(str(path), "1.0.0")


def test_a_schema_is_not_compared_with_data(two: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="two of one kind"):
        run("1.0.0", two[0])
