"""A small fictional release, in place of the shipped one, and files of a user's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events import resources, schema
from conflict_events.query import standalone
from conflict_events.targets.arrow import to_table

Rows = list[dict[str, Any]]
Write = Callable[..., Path]
Query = Callable[..., list[tuple[Any, ...]]]

REQUIRED = {
    "origin": "article",
    "record_status": "final",
    "event_level": "incident",
    "coder": "manual",
    "reviewed": True,
    "release_added": "2026.11.0",
}


def _complete(rows: Rows) -> Rows:
    return [{"event_id": f"e{number}", **REQUIRED, **row} for number, row in enumerate(rows, 1)]


def _write(folder: Path, table: str, rows: Rows, name: str | None = None) -> Path:
    data = to_table(table, _complete(rows) if table == "events" else rows)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or table}.parquet"
    pq.write_table(data, path)
    return path


RELEASE: dict[str, Rows] = {
    "events": [
        {
            "country": "IRQ",
            "date_start": date(2016, 11, 1),
            "date_end": date(2016, 11, 1),
            "latitude": 36.34,
            "longitude": 43.13,
            "where_precision": 1,
            "deaths_best": 4,
            "side_a": "North",
            "side_b": "South",
        },
        {"country": "SYR", "date_start": date(2016, 12, 5), "date_end": date(2016, 12, 6)},
    ],
    "reports": [
        {
            "report_id": "r1",
            "event_id": "e1",
            "source_id": "s1",
            "claim_kind": "event",
            "assertion": "claimed",
            "claimed_by": "North",
            "claimant_type": "own_side",
            "evidence_sha256": "a" * 64,
            "evidence_length": 40,
            "evidence_start": 10,
            "evidence_end": 60,
        },
        {"report_id": "r2", "event_id": "e1", "source_id": "s2", "claim_kind": "event", "assertion": "denied"},
        {"report_id": "r3", "event_id": "e2", "source_id": "s1", "claim_kind": "event", "assertion": "stated"},
    ],
    "casualties": [
        {"report_id": "r1", "side": "b", "harm": "killed", "low": 3, "best": 4, "count_text": "three or four"},
        {"report_id": "r1", "side": "civilians", "harm": "killed", "count_text": "dozens"},
        {"report_id": "r1", "side": "a", "harm": "captured", "best": 2},
    ],
    "sources": [
        {
            "source_id": "s1",
            "title": "Clash at the bridge",
            "url": "https://example.org/1",
            "publisher_id": "p1",
            "published": date(2016, 11, 3),
            "language": "en",
        },
        {
            "source_id": "s2",
            "title": "No clash, say officials",
            "publisher_id": "unknown",
            "published": date(2016, 11, 2),
            "language": "en",
        },
    ],
    "publishers": [{"publisher_id": "p1", "name": "The Fictional Courier", "kind": "newspaper"}],
    "coverage": [
        {
            "coverage_id": "iraq",
            "origin": "article",
            "country": "IRQ",
            "first_month": date(2016, 11, 1),
            "last_month": date(2016, 12, 1),
            "scope": "clashes",
            "source": "the fictional codebook",
        }
    ],
    "vocabulary": [{"vocabulary": "origin", "code": "article", "label": "Article"}],
}


@pytest.fixture(scope="session")
def release_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with a few fictional rows."""
    folder = tmp_path_factory.mktemp("release")
    for table in schema.TABLES:
        _write(folder, table.name, RELEASE.get(table.name, []))
    (folder / "macros.sql").write_text(standalone.macros_sql(), encoding="utf-8")
    (folder / "views.sql").write_text(standalone.views_sql(), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _released(release_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "release", lambda: release_folder)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows of a table to `own/`, with the declared schema and metadata, and returns the file."""

    def make(table: str, *rows: dict[str, Any], name: str | None = None) -> Path:
        return _write(tmp_path / "own", table, list(rows), name)

    return make


@pytest.fixture
def over(write: Write) -> Callable[..., duckdb.DuckDBPyConnection]:
    """A connection over events of one's own."""
    return lambda *rows: ce.connect(write("events", *rows))


@pytest.fixture
def plain() -> Callable[[Rows], duckdb.DuckDBPyConnection]:
    """A DuckDB connection of no doing of ours, with tables named as ours, events holding the rows."""

    def make(rows: Rows) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        for table in schema.TABLES:
            _register(con, table.name, to_table(table.name, _complete(rows) if table.name == "events" else []))
        return con

    return make


def _register(con: duckdb.DuckDBPyConnection, name: str, data: pa.Table) -> None:
    con.register(name, data)
