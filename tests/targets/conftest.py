"""Small event tables with fictional facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from conflict_events import schema
from conflict_events.targets import parquet
from conflict_events.targets.arrow import to_table

Events = Callable[..., pa.Table]


def _event(number: int, **values: Any) -> dict[str, Any]:
    return {
        "event_id": f"e{number}",
        "origin": "article",
        "record_status": "candidate",
        "event_level": "incident",
        "date_start": date(2016, 11, number),
        "date_end": date(2016, 11, number),
        "date_precision": 1,
        "country": "IRQ",
        "coder": "manual",
        "reviewed": False,
        **values,
    }


@pytest.fixture
def events() -> Events:
    """Makes events from dicts of the columns that matter to a test."""

    def make(*rows: dict[str, Any]) -> pa.Table:
        return to_table("events", [_event(number, **row) for number, row in enumerate(rows, 1)])

    return make


@pytest.fixture
def released(events: Events, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A folder with every table as Parquet, a few rows in some, and the content of its manifest."""
    rows = {
        "events": events({"latitude": 36.3, "longitude": 43.1, "deaths_best": 4, "derived": ["country"]}, {}),
        "actors": to_table(
            "actors", [{"actor_id": "north", "name": "North", "aliases": [], "actor_type": "rebel_group"}]
        ),
    }
    files = []
    for table in schema.TABLES:
        path = tmp_path / f"{table.name}.parquet"
        data = rows.get(table.name, to_table(table.name, []))
        parquet.write(table.name, data, path, {})
        content = path.read_bytes()
        files.append(
            {
                "path": path.name,
                "table": table.name,
                "rows": data.num_rows,
                "bytes": len(content),
                "sha256": sha256(content).hexdigest(),
                "digest": "0" * 64,
            }
        )
    release = {
        "version": "2026.11.0",
        "title": "Fictional events",
        "description": "Events that did not happen.",
        "licence": "CC-BY-4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "authors": ["Nobody"],
        "released": "2026-11-30",
        "keywords": ["fiction"],
    }
    return tmp_path, {"name": "fictional", "release": release, "files": files}
