"""A small folder of records with fictional facts, and the release built from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from conflict_events.dataset.build import build
from conflict_events.evidence import evidence

SENTENCE = "On Monday, at least 20 fighters of North were killed near Alpha, the ministry said."
ARTICLE = f"ALPHA —  A quiet week.\n\n{SENTENCE.replace(' fighters', chr(10) + 'fighters')} Rain is expected."
SHA256, LENGTH = evidence(SENTENCE)

FILES = {
    "release.toml": """
        version = "2026.11.0"
        title = "Fictional events"
        description = "Events that did not happen."
        licence = "CC-BY-4.0"
        licence_url = "https://creativecommons.org/licenses/by/4.0/"
        authors = ["Nobody & Sons"]
        released = 2026-11-30
    """,
    "actors.toml": """
        # the two sides
        [[actors]]
        actor_id = "north"
        name = "North"
        aliases = ["Northern Front"]
        actor_type = "rebel_group"
        affiliations = [{ affiliation = "Government of South", from = 2016-11-26 }]

        [[actors]]
        actor_id = "south"
        name = "South"
        actor_type = "state_forces"
        country = "IRQ"
    """,
    "places.toml": """
        [[places]]
        place_id = "alpha"
        name = "Alpha"
        kind = "village"
        country = "IRQ"
        admin1 = "Nineveh"
        admin2 = "Sinjar"
        latitude = 36.34
        longitude = 43.13
        where_precision = 1
        coordinate_source = "GeoNames"
    """,
    "publishers.toml": """
        [[publishers]]
        publisher_id = "gazette"
        name = "The Gazette"
        kind = "newspaper"
    """,
    "sources/gazette-1.toml": f"""
        [source]
        url = "https://gazette.example/1"
        title = "A week in Alpha"
        publisher_id = "gazette"
        published = 2016-11-23
        language = "en"

        [[reports]]
        report_id = "gazette-1-1"
        event_id = "e1"
        claim_kind = "event"
        claimed_by = "the ministry"
        claimant_type = "opponent"
        assertion = "claimed"
        evidence_sha256 = "{SHA256}"
        evidence_length = {LENGTH}

        [[reports.casualties]]
        side = "a"
        harm = "killed"
        low = 20
        count_text = "at least 20"
    """,
    "events/2016-11.toml": """
        [[events]]
        event_id = "e1"
        origin = "article"
        record_status = "candidate"
        event_level = "incident"
        event_type = "battles"
        event_subtype = "armed_clash"
        date_start = 2016-11-21
        date_end = 2016-11-21
        date_precision = 1
        date_basis = "relative"
        side_a = "North"
        side_a_id = "north"
        place_id = "alpha"
        deaths_low = 20
        confidence = 0.9
        coder = "manual"
        reviewed = false
        release_added = "2026.11.0"

        [[events.actors]]
        name = "South"
        actor_id = "south"
        side = "b"
        role = "primary"
    """,
}


@dataclass(frozen=True)
class Passed:
    """A check that finds nothing, so that a test of building rests on no rule."""

    ok: bool = True

    def to_text(self) -> str:
        return "CE251: 1 row"


def no_check(data: dict[str, Any], *, suite: str) -> Passed:
    assert data
    assert suite == "release"
    return Passed()


WriteRecords = Callable[[dict[str, str]], Path]


def _write(folder: Path, changed: dict[str, str]) -> Path:
    for name, text in {**FILES, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return folder


@pytest.fixture
def write_records(tmp_path: Path) -> WriteRecords:
    """Writes the records with some files replaced, and returns their folder."""

    return lambda changed: _write(tmp_path / "records", changed)


@pytest.fixture
def records(write_records: WriteRecords) -> Path:
    """The folder of the records as they stand above."""
    return write_records({})


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release built from the records, unchecked; once, since a build takes a second."""
    folder = tmp_path_factory.mktemp("built")
    build(_write(folder / "records", {}), folder / "release", no_check)
    return folder / "release"


@pytest.fixture
def release(built: Path, tmp_path: Path) -> Path:
    """A copy of that release which a test may spoil."""
    return shutil.copytree(built, tmp_path / "release")


@pytest.fixture
def article() -> str:
    """A text that has the evidence sentence of report gazette-1-1, laid out otherwise."""
    return ARTICLE


@pytest.fixture
def files() -> dict[str, str]:
    """The text of each file of the records, by name."""
    return dict(FILES)
