"""Article files to a Conversion: read, extract, put the rows of all articles together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from conflict_events import schema
from conflict_events.converters.articles import Extraction
from conflict_events.converters.articles.extractors import ExtractionError
from conflict_events.converters.articles.extractors import extractor as chosen
from conflict_events.converters.conversion import Conversion, Loss, Merged, Note, SetAside
from conflict_events.converters.decode import decode
from conflict_events.errors import BadDataError

UNKNOWN = {"publisher_id": "unknown", "name": "Unknown publisher", "kind": "other"}
HTML_SUFFIXES = (".html", ".htm")


def convert(
    paths: Sequence[Path],
    *,
    published: date | None = None,
    url: str | None = None,
    extractor: str = "rules",
    on_input: Callable[[], None] | None = None,
) -> Conversion:
    """Extract the events of every article; see `conflict_events.convert`."""
    from conflict_events.targets.arrow import to_table
    from conflict_events.targets.geo import with_geometry

    extract = chosen(extractor)
    set_aside: list[SetAside] = []
    merged: list[Merged] = []
    notes: list[Note] = []
    seen: dict[str, str] = {}
    extractions: list[Extraction] = []
    for path in paths:
        if on_input:
            on_input()
        try:
            decoded = decode(path.read_bytes())
        except BadDataError as error:
            set_aside.append(SetAside(str(path), None, str(error)))
            continue
        except OSError as error:
            set_aside.append(SetAside(str(path), None, f"cannot be read: {error.strerror or error}"))
            continue
        digest = hashlib.sha256(decoded.text.encode("utf-8", "surrogatepass")).hexdigest()
        if digest in seen:
            merged.append(Merged(str(path), seen[digest]))
            continue
        seen[digest] = str(path)
        if decoded.note:
            notes.append(Note(str(path), "encoding", decoded.note))
        html = path.suffix.lower() in HTML_SUFFIXES
        try:
            extraction = extract(decoded.text, article=path.stem, published=published, url=url, html=html)
        except ExtractionError as error:
            del seen[digest]  # another copy of it is tried in its own right, not merged with what was set aside
            set_aside.append(SetAside(str(path), None, str(error)))
            continue
        notes.extend(Note(str(path), finding.code, finding.message) for finding in extraction.findings)
        extractions.append(extraction)
    rows = _together(extractions)
    tables = {name: to_table(name, rows[name]) for name in rows}
    tables["events"] = with_geometry(tables["events"])
    derived = Counter(name for row in rows["events"] for name in row.get("derived") or ())
    loss = Loss(
        source_format="article",
        unit="article",
        units_in=len(paths),
        converted=len(extractions),
        rows_out={name: table.num_rows for name, table in tables.items()},
        set_aside=tuple(set_aside),
        merged=tuple(merged),
        notes=tuple(notes),
        derived=dict(sorted(derived.items())),
    )
    articles = {str(row["event_id"]): e.article for e in extractions for row in e.tables["events"]}
    trace = {event_id: why for e in extractions for event_id, why in e.trace.items()}
    explanations = {event_id: lines for e in extractions for event_id, lines in e.explanations.items()}
    return Conversion(tables, loss, articles, trace, explanations)


def _together(extractions: Sequence[Extraction]) -> dict[str, list[dict[str, Any]]]:
    """The rows of all articles by table; an actor, place or publisher that several name stands once.

    A source whose publisher is not known has the publisher `unknown`, which is a row like any other.
    """
    shared = {"actors", "places", "publishers"}
    out: dict[str, list[dict[str, Any]]] = {}
    for table in schema.TABLES:
        if table in schema.CROSSWALKS:
            continue
        rows: list[dict[str, Any]] = [row for e in extractions for row in e.tables.get(table.name, [])]
        if table.name == "sources":
            rows = [row | {"publisher_id": row.get("publisher_id") or UNKNOWN["publisher_id"]} for row in rows]
        if table.name == "publishers" and any(
            not s.get("publisher_id") for e in extractions for s in e.tables["sources"]
        ):
            rows = [*rows, UNKNOWN]
        if "aliases" in table.names:
            rows = [{"aliases": []} | row for row in rows]
        if table.name in shared:
            rows = list({row[table.key[0]]: row for row in rows}.values())
        out[table.name] = rows
    return out
