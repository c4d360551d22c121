"""The page docs/how-to/use-with-other-tools.md: each section runs by itself, in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path

import datasets
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "use-with-other-tools.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = {name: code for name, text in SECTIONS for code in re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)}


@pytest.mark.parametrize("tool", EXAMPLES)
def test_the_example_runs_by_itself(tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    exec(compile(EXAMPLES[tool], f"{tool}.py", "exec"), {"__name__": "example"})


@pytest.mark.parametrize(("tool", "text"), SECTIONS, ids=[name for name, _ in SECTIONS])
def test_each_section_names_one_trap(tool: str, text: str) -> None:
    assert len(re.findall(r"\*\*.+?\*\*", text, re.DOTALL)) == 1, tool
