"""Where each table stands in the records, and which of its columns are not written there. See `records`."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote, unquote

SINGLE_FILES = ("actors", "places", "publishers", "links", "events_history", "coverage")
"""Tables that are one file `TABLE.toml` of `[[TABLE]]`."""

TABLES = ("events", "event_actors", "reports", "casualties", "sources", *SINGLE_FILES)
"""The tables that records hold; the others are vocabularies."""

CURATED = ("actors", "places", "publishers")
"""The lists that events point at: a row that is there stands, whatever a conversion says of it."""

NESTED: dict[str, dict[str, tuple[str, str]]] = {
    "events": {"actors": ("event_actors", "event_id")},
    "reports": {"casualties": ("casualties", "report_id")},
}
"""Table -> key of its nested records -> their table, and the column that they inherit."""

_IMPLIED = {
    "sources": {"source_id": "the file's name says it"},
    "reports": {"source_id": "the file's name says it"},
    "casualties": {"report_id": "the report that it stands under says it"},
    "event_actors": {"event_id": "the event that it stands under says it"},
}
_COMPUTED = {"geometry": "it follows from the coordinates", "bbox": "it follows from the coordinates"}


def unwritten(table: str, row: dict[str, Any]) -> dict[str, str]:
    """The columns that this row's record must not have, and why."""
    found = dict(_IMPLIED.get(table, {}))
    if table in ("events", "events_history"):
        found |= _COMPUTED
        if table == "events" and row.get("origin") == "article":
            found["n_reports"] = "it is counted from the reports"
            found["priogrid_gid"] = "it follows from the coordinates"
    return found


def source_file(source_id: str) -> str:
    """The file of a source, below the records' folder."""
    return f"sources/{quote(source_id, safe=' ')}.toml"


def source_id(stem: str) -> str:
    """The source that a file of that name is about."""
    return unquote(stem)


def events_file(date_start: Any) -> str:
    """The file that an event of that first day stands in, below the records' folder."""
    return f"events/{date_start:%Y-%m}.toml" if isinstance(date_start, date) else "events/undated.toml"
