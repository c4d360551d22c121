"""The texts written for these tests, and the real article that stays outside the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conflict_events.converters.articles import Extraction, extract

ROOT = Path(__file__).resolve().parents[3]
TEXTS = ROOT / "tests" / "articles"
SHARED = ROOT.parent / "shared"


@pytest.fixture
def extracted() -> Callable[[str], Extraction]:
    """The extraction of one of the texts in tests/articles, by its stem."""

    def run(stem: str) -> Extraction:
        return extract((TEXTS / f"{stem}.txt").read_text(encoding="utf-8"), article=stem)

    return run


@pytest.fixture
def seed() -> Extraction:
    """The extraction of the seed article, a third party's text; the test is skipped where it is absent."""
    path = SHARED / "articles" / "dev" / "seed.txt"
    if not path.is_file():
        pytest.skip(f"the seed article is third-party and not here: {path}")
    return extract(path.read_text(encoding="utf-8"), article="seed")
