"""`convert` from the command line: no source is ever lost, every message is one line, the exit code says what was."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conflict_events.cli import convert, progress
from tests.cli.conftest import Run
from tests.converters.ucdp_rows import row, text

SOUND = text([row(1), row(2)])


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ged.csv"
    path.write_text(SOUND)
    return path


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("ged.parquet", "ged.parquet"),
        ("ged.parquet.loss.json", "ged.parquet"),
        ("ged/events.parquet", "ged"),
        ("ged.loss.json", "ged"),
    ],
)
def test_a_source_is_never_replaced_by_the_result(source: Path, run: Run, name: str, out: str) -> None:
    own = source.parent / name
    own.parent.mkdir(exist_ok=True)
    shutil.copy(source, own)
    code, _, err = run("convert", name, "-o", out)
    assert (code, err.count("\n")) == (2, 1)
    assert f"would take the place of the source {name}" in err
    assert own.read_text() == SOUND


def test_a_source_is_not_replaced_through_a_link(source: Path, run: Run) -> None:
    own = source.rename(source.with_suffix(".parquet"))
    link = source.parent / "link.parquet"
    link.symlink_to(own)
    for one, out in ((own, link), (link, own)):
        assert run("convert", one, "-o", out)[0] == 2
    assert own.read_text() == SOUND


def test_an_article_is_not_replaced_either(source: Path, run: Run) -> None:
    own = source.parent / "news.parquet"
    own.write_text("Fighting was reported.")
    code, _, err = run("convert", own, "--source-format", "article", "-o", own)
    assert (code, "would take the place" in err) == (2, True)
    assert own.read_text() == "Fighting was reported."


def test_another_result_than_the_source_is_replaced(source: Path, run: Run) -> None:
    for _ in range(2):
        assert run("convert", source, "-o", "ged.parquet")[0] == 0
    assert sorted(p.name for p in source.parent.iterdir()) == ["ged.csv", "ged.parquet", "ged.parquet.loss.json"]


def test_what_a_header_holds_does_not_break_the_line_or_drive_the_terminal(source: Path, run: Run) -> None:
    lines = SOUND.split("\n", 1)
    source.write_text(lines[0] + ',"odd\nname","\x1b[31mred"\n' + lines[1].replace("625,\n", "625,,1,2\n"))
    code, _, err = run("convert", source, "-o", "ged.parquet")
    assert code == 0
    assert "odd\ufffdname, \ufffd[31mred" in err
    assert len(err.splitlines()) == 3


def test_a_wide_file_does_not_flood_the_messages(source: Path, run: Run) -> None:
    lines = SOUND.split("\n", 1)
    names = ",".join(f"x{i}" for i in range(300))
    source.write_text(f"{lines[0]},{names}\n" + lines[1].replace("625,\n", "625,," + ",".join(["1"] * 300) + "\n"))
    code, _, err = run("convert", source, "-o", "ged.parquet")
    assert code == 0
    assert "x19 and 280 more, which the loss report names" in err
    report = json.loads((source.parent / "ged.parquet.loss.json").read_text(encoding="utf-8"))
    assert {f"x{i}" for i in range(300)} <= {c["column"] for c in report["sheets"][0]["columns"]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b'{"status": 200, "count": 0, "data": [], "messages": ["no access"]}', "empty; the answer says: no access"),
        (SOUND.encode("utf-32"), "UTF-32 text: save it as UTF-8"),
    ],
)
def test_a_file_without_data_says_why_and_is_bad_data(source: Path, run: Run, content: bytes, said: str) -> None:
    source.write_bytes(content)
    assert run("convert", source) == (1, "", f"conflict-events: {source}: {said}\n")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(source: Path, run: Run) -> None:
    for name, content in (("a.csv", b""), ("b.csv", b"PK\x03\x04 cut off"), ("c.csv", b"%PDF-1.7")):
        (source.parent / name).write_bytes(content)
    code, _, err = run("convert", "a.csv", "b.csv", source, "c.csv", "-o", "out.parquet")
    assert code == 1
    assert "5 rows in: 2 converted, 3 set aside" in err
    assert pq.read_table(source.parent / "out.parquet").num_rows == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this platform")
def test_a_pipe_is_refused_at_once(source: Path, run: Run) -> None:
    os.mkfifo(source.parent / "pipe")
    code, _, err = run("convert", "pipe")
    assert code == 2
    assert "no ordinary file, and it is read more than once: save it as a file first" in err


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text here")
def test_names_that_are_no_text_are_read_and_refused_as_a_result(source: Path, run: Run) -> None:
    article = source.parent / os.fsdecode(b"news\xff.txt")
    article.write_text("Fighting was reported.")
    assert run("convert", article, "-o", "news.parquet")[0] == 0
    report = json.loads((source.parent / "news.parquet.loss.json").read_text(encoding="utf-8"))
    assert os.fsencode(report["notes"][0]["file"]).endswith(b"news\xff.txt")
    code, _, err = run("convert", source, "-o", os.fsdecode(b"ged\xff.parquet"))
    assert (code, "no UTF-8" in err, err.count("\n")) == (2, True, 1)


def test_closed_streams_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    with progress.progress(3, "converting") as step:
        step(3)
    convert._print(object(), "events")


def test_the_bar_ends_at_a_hundred_percent(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    drawn = Terminal()
    monkeypatch.setattr(sys, "stderr", drawn)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    with progress.progress(1000, "converting") as step:
        step(700)  # what remains, such as the directory of a zip, is no step
    assert drawn.getvalue().rstrip("\x1b[?25h\r\n ").endswith("100%")
