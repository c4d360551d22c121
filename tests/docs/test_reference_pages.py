"""Reference pages that are written by hand name everything that the files they describe hold."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "conflict_events" / "converters" / "articles" / "lexicon"
FREE_KEYS = ("outlets",)  # files whose keys are names of things


@pytest.mark.parametrize("path", sorted(LEXICON.glob("*.toml")), ids=lambda path: path.name)
def test_the_lexicon_page_has_every_file_and_key(path: Path) -> None:
    page = (ROOT / "docs" / "reference" / "lexicon.md").read_text(encoding="utf-8")
    listed = (LEXICON / "README.md").read_text(encoding="utf-8")
    assert f"\n## {path.name}\n" in page
    assert f"| {path.name} |" in listed
    section = page.split(f"\n## {path.name}\n")[1].split("\n## ")[0]
    keys = [] if path.stem in FREE_KEYS else list(tomllib.loads(path.read_text(encoding="utf-8")))
    missing = [key for key in keys if not any(f"{ahead}{key}" in section for ahead in ("`", "`[", "[["))]
    assert not missing


def test_the_lexicon_page_has_every_class_of_action() -> None:
    page = (ROOT / "docs" / "reference" / "lexicon.md").read_text(encoding="utf-8")
    actions = tomllib.loads((LEXICON / "actions.toml").read_text(encoding="utf-8"))["actions"]
    assert not [action["class"] for action in actions if f"`{action['class']}`" not in page]


def test_the_evaluation_page_has_the_kinds_and_the_near_ones() -> None:
    page = (ROOT / "docs" / "reference" / "evaluation.md").read_text(encoding="utf-8")
    same = tomllib.loads((ROOT / "conflict_events" / "evaluation" / "equivalences.toml").read_text(encoding="utf-8"))
    rows = [line.split(" | ") for line in page.split("\n### Kinds\n")[1].split("\n### ")[0].splitlines()]
    told = {row[0].strip("| `"): row[-1].strip("| ") for row in rows if len(row) == 3 and row[0].startswith("| `")}
    told.pop("event_type")
    assert told == {kind: ", ".join(f"`{name}`" for name in names) for kind, names in same["kinds"].items()}
    near = " ".join(page.split("Near are two kinds of one set: ")[1].split("\n2. ")[0].split())
    assert near == " · ".join(", ".join(listed) for listed in same["near"]["sets"]) + "."
