"""conflict-events link: what is printed, what is written, what is refused."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conflict_events.linking import output
from conflict_events.targets.arrow import to_table
from tests.linking.made import acled, ucdp

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def given(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "ucdp.parquet", tmp_path / "acled.parquet"
    pq.write_table(to_table("events", [ucdp(1), ucdp(2, latitude=10.0)]), one)
    pq.write_table(to_table("events", [acled(1)]), other)
    return one, other


def test_links_are_printed_and_the_summary_goes_to_stderr(run: Run, given: tuple[Path, Path]) -> None:
    code, out, err = run("link", *given, "--format", "json")
    assert code == 0
    [row] = json.loads(out)
    assert (row["event_id_1"], row["event_id_2"]) == ("acled:1", "ucdp_ged:1")
    assert err == "1 links of 1 pairs at 0.5 or more: 1 acled (1 linked), 2 ucdp_ged (1 linked)\n"
    code, out, _ = run("link", *given, "--format", "csv", "--all-pairs", "--threshold", "0")
    assert [row["event_id_1"] for row in csv.DictReader(out.splitlines())] == ["acled:1"]
    code, out, _ = run("link", *given)
    assert "event_id_1" in out.splitlines()[0]


def test_a_file_gets_the_links_and_a_folder_the_clusters(run: Run, given: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("link", *given, "-o", tmp_path / "links.parquet")[:2] == (0, "")
    assert pq.read_table(tmp_path / "links.parquet").num_rows == 1
    folder = tmp_path / "linked"
    assert run("link", *given, "--cluster", "-o", folder)[:2] == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == ["events.parquet", "links.parquet"]
    clusters = pq.read_table(folder / "events.parquet")["event_cluster_id"].to_pylist()
    assert sorted(map(str, clusters)) == ["None", "link:acled:1", "link:acled:1"]
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run("link", *reversed(given), "--cluster", "-o", folder)[0] == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert run("link", *given, "-o", folder)[0] == 0
    assert [path.name for path in folder.iterdir()] == ["links.parquet"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--cluster",), "name a folder with -o"),
        (("--cluster", "-o", "x.parquet"), "is one file, and clusters give links and events"),
        (("--cluster", "--all-pairs", "-o", "x"), "two ways to choose links"),
        (("-o", "x.csv"), "name a file in .parquet, or a folder"),
        (("-o", "x", "--format", "csv"), "give one of them"),
        (("-o", "acled.parquet"), "is an input of this very call"),
        (("-o", "."), "holds other files (acled.parquet)"),
        (("--km", "-3"), "km is -3"),
        (("--format", "xml"), "'xml' is not one of"),
    ],
)
def test_a_wrong_call_is_one_line_and_writes_nothing(
    run: Run, given: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(given[0].parent)
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    code, out, err = run("link", "ucdp.parquet", "acled.parquet", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_what_a_person_reviewed_is_not_written_over(run: Run, given: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "links.parquet"
    run("link", *given, "-o", out)
    rows = [{**row, "reviewed": True} for row in pq.read_table(out).to_pylist()]
    pq.write_table(to_table("links", rows), out)
    code, _, err = run("link", *given, "-o", out)
    assert code == 2
    assert "links that a person reviewed" in err
    assert pq.read_table(out)["reviewed"].to_pylist() == [True]


def test_an_id_that_stands_twice_is_bad_data(run: Run, given: tuple[Path, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.parquet"
    pq.write_table(to_table("events", [ucdp(1)]), again)
    code, _, err = run("link", *given, again)
    assert code == 1
    assert "event_id ucdp_ged:1 stands 2 times" in err


def test_a_write_that_fails_leaves_what_was_there(
    run: Run, given: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "linked"
    run("link", *given, "--cluster", "-o", folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("conflict_events.targets.parquet.write", fails)
    code, _, err = run("link", *given, "--cluster", "-o", folder)
    assert code == 2
    assert "No space left" in err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert output.FILES == ("links.parquet", "events.parquet")
