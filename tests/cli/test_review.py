"""`review` on the command line: its steps, and the calls that it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from conflict_events.dataset.records import read
from tests.cli.conftest import Run

RECORDS = """\
version = "2026.11.0"
title = "Fictional events"
description = "Events that did not happen."
licence = "CC-BY-4.0"
licence_url = "https://creativecommons.org/licenses/by/4.0/"
authors = ["Nobody"]
released = 2026-11-30
"""
ARTICLE = """\
URL: https://riverpost.example/2016/11/tel-nasir
Title: Village retaken
Published: 2016-11-23

Iraqi security forces recaptured the village of Tel Nasir from ISIS on Monday, the Iraqi army said.
"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "release.toml").write_text(RECORDS, encoding="utf-8")
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "nasir.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_an_article_becomes_a_sheet_and_the_sheet_becomes_records(
    run: Run, records: Path, article: Path, tmp_path: Path
) -> None:
    code, out, err = run("review", article, "--records", records, "-o", tmp_path / "sheets")
    assert (code, out, err) == (0, "", "nasir.txt: 1 event, 0 to decide\n")
    sheet = tmp_path / "sheets" / "nasir.toml"
    assert 'evidence = "Iraqi security forces recaptured' in sheet.read_text(encoding="utf-8")
    code, out, err = run("review", "--apply", sheet, "--records", records)
    assert (code, err) == (0, "next: conflict-events build\n")
    assert out == "1 new event (ce-000001); 0 got another account; 0 skipped; 4 files of the records written\n"
    assert [row["place_name"] for row in read(records).tables["events"]] == ["Tel Nasir"]
    # what was applied can be released
    code, out, err = run("build", "--records", records, "-o", tmp_path / "release")
    assert (code, err) == (0, "")


def test_the_sheet_of_one_article_is_printed(run: Run, records: Path, article: Path) -> None:
    code, out, _ = run("review", article, "--records", records)
    assert code == 0
    assert out.startswith("# nasir.txt: 1 event.\n")
    assert 'decision = "new"' in out


def test_two_events_are_joined_by_their_ids(run: Run, records: Path, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.replace("riverpost", "lakepost"), encoding="utf-8")
    for path in (article, other):
        run("review", path, "--records", records, "-o", tmp_path)
        sheet = path.with_suffix(".toml")
        text = sheet.read_text(encoding="utf-8").replace('decision = ""', 'decision = "new"')
        sheet.write_text(text, encoding="utf-8")
        assert run("review", "--apply", sheet, "--records", records)[0] == 0
    code, out, _ = run("review", "--same", "ce-000001", "ce-000002", "--records", records)
    assert (code, out.splitlines()[0][:44]) == (0, "ce-000002 is now an account of ce-000001: 2 ")
    assert [row["event_id"] for row in read(records).tables["reports"]] == ["ce-000001", "ce-000001"]


def test_a_sheet_that_was_begun_is_not_written_over(run: Run, records: Path, article: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "nasir.toml"
    sheet.write_text("# my work\n", encoding="utf-8")
    code, _, err = run("review", article, "--records", records, "-o", tmp_path)
    assert code == 2
    assert "nasir.toml is there: apply it, or move it away" in err
    assert sheet.read_text(encoding="utf-8") == "# my work\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name an article, or a sheet with --apply"),
        (("none.txt",), "none.txt"),
        (("none.toml", "--apply"), "none.toml: cannot be read"),
        (("a", "b"), "name a folder with -o"),
        (("sheet.toml",), "sheet.toml is a sheet: write it into the records with --apply"),
        (("a", "--apply", "-o", "x"), "-o goes with articles only"),
        (("--same", "a", "b", "--apply"), "two steps"),
        (("--same", "a", "b", "c"), "--same takes two ids and no file"),
        (("--same", "a", "b"), "the records have no event 'a'"),
    ],
)
def test_a_call_that_is_wrong_says_why(run: Run, records: Path, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run("review", *arguments, "--records", records)
    assert code in (1, 2)
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_records_that_are_not_there(run: Run, article: Path, tmp_path: Path) -> None:
    code, _, err = run("review", article, "--records", tmp_path / "nowhere")
    assert code == 2
    assert "no such folder: name the folder of the records" in err
