from __future__ import annotations

from pathlib import Path

import pytest

from conflict_events import resources, schema
from conflict_events.dataset import release as installed
from conflict_events.errors import BadDataError, UsageError
from conflict_events.targets.arrow import arrow_schema


@pytest.fixture(autouse=True)
def _installed(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "release", lambda: release)


def test_version_and_manifest_are_those_of_the_release() -> None:
    assert installed.version() == "2026.11.0"
    assert {file.table for file in installed.manifest().files} == {table.name for table in schema.TABLES}


@pytest.mark.parametrize("table", [t.name for t in schema.TABLES])
def test_every_table_loads_in_its_declared_schema(table: str) -> None:
    assert installed.load(table).schema.equals(arrow_schema(table))


def test_path_is_the_parquet_file(release: Path) -> None:
    assert installed.path("events") == release / "events.parquet"


def test_an_unknown_table_is_answered_with_the_nearest_and_all() -> None:
    with pytest.raises(UsageError, match=r"no table 'event': is events meant\? The tables are events, event_actors"):
        installed.path("event")
    with pytest.raises(UsageError, match=r"no table 'zzz': the tables are events"):
        installed.load("zzz")


def test_a_release_that_is_not_there_and_one_that_is_broken_are_told_apart(release: Path) -> None:
    (release / "events.parquet").write_bytes(b"no parquet")
    with pytest.raises(BadDataError, match=r"events\.parquet cannot be read"):
        installed.load("events")
    (release / "events.parquet").unlink()
    with pytest.raises(UsageError, match="no such file"):
        installed.load("events")
    (release / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BadDataError, match="no manifest of a release"):
        installed.manifest()
    (release / "manifest.json").unlink()
    with pytest.raises(UsageError, match="conflict-events build"):
        installed.version()
