from __future__ import annotations

from pathlib import Path

import pytest

from conflict_events.dataset.cite import cite
from conflict_events.dataset.release import manifest
from conflict_events.errors import UsageError


def test_text_says_who_when_what_version_licence_and_content(release: Path) -> None:
    digest = manifest(release).digest[:16]
    assert cite(release=release) == (
        f"Nobody & Sons (2026). Fictional events, version 2026.11.0 [Data set]. Licence CC-BY-4.0. "
        f"Content digest sha256:{digest}."
    )


def test_bibtex_escapes_and_is_the_file_of_the_release(release: Path) -> None:
    entry = cite("bibtex", release)
    assert entry.splitlines()[:3] == [
        "@misc{conflict-events-2026.11.0,",
        r"  author = {{Nobody \& Sons}},",
        "  title = {{Fictional events}},",
    ]
    assert (release / "CITATION.bib").read_text(encoding="utf-8") == entry


def test_another_format_is_a_wrong_call(release: Path) -> None:
    with pytest.raises(UsageError, match="no citation format 'apa': use text or bibtex"):
        cite("apa", release)
