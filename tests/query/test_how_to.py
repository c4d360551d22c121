"""The page docs/how-to/query.md: every example runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "query.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # as a module of its own, so that DuckDB sees its variables as it would those of a script
    exec(compile(code, "query.md", "exec"), {"__name__": "example"})


@pytest.mark.parametrize("line", [line for code in blocks("sh") for line in code.splitlines()])
def test_commands_run(line: str) -> None:
    cli = pytest.importorskip("conflict_events.cli").cli
    program, *arguments = shlex.split(line)
    assert program == "conflict-events"
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    assert done.output
