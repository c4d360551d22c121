"""Every example in the README and the docs runs, and prints what the page says it prints.

`python` blocks are executed, one namespace a page. `sh` blocks must exit 0. `console` blocks are commands after `$ `,
each followed by exactly what it prints (times apart; a line of `...` stands for any lines). Other blocks are not run.
The README's first two blocks install things: `.ci/run` runs those.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(python|sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"\d+\.\d+ s\b")


def blocks(page: Path) -> list[tuple[str, str]]:
    """The page's runnable blocks: language and text."""
    found = [(m.group(1), m.group(2)) for m in BLOCK.finditer(page.read_text(encoding="utf-8"))]
    return found[2:] if page.name == "README.md" else found


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    here = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": here + os.pathsep + os.environ["PATH"], "COLUMNS": "120"}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def sessions(text: str) -> list[tuple[str, str]]:
    """The commands of a console block and what each prints; a line that ends in a backslash goes on."""
    out: list[tuple[str, str]] = []
    going_on = False
    for line in text.splitlines():
        if going_on:
            out[-1] = (f"{out[-1][0]}\n{line}", "")
        elif line.startswith("$ "):
            out.append((line[2:], ""))
        else:
            out[-1] = (out[-1][0], f"{out[-1][1]}{line}\n")
        going_on = (going_on or line.startswith("$ ")) and line.endswith("\\")
    return out


def pattern(printed: str) -> str:
    """What is printed as a regular expression: times vary, and `...` stands for any lines."""
    lines = [r"(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in printed.splitlines()]
    return "".join(lines)


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_example_of_the_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests" / "articles").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "articles" / "example.txt", tmp_path / "tests" / "articles")
    shutil.copytree(ROOT / "tests" / "files", tmp_path / "tests" / "files")
    coded = Path("tests", "articles", "coded")
    shutil.copytree(ROOT / coded, tmp_path / coded)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    for language, text in blocks(page):
        if language == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(text, str(page), "exec"), namespace)
        elif language == "sh":
            done = shell(text, tmp_path)
            assert done.returncode == 0, f"{text}\n{done.stdout}"
        else:
            for command, printed in sessions(text):
                got = SECONDS.sub("0.00 s", shell(command, tmp_path).stdout)
                wanted = SECONDS.sub("0.00 s", printed)
                assert re.fullmatch(pattern(wanted), got), (
                    f"$ {command}\n--- the page says\n{wanted}--- it prints\n{got}"
                )
