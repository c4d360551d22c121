"""An article as a sheet: what the extractor makes of it, beside the events that the records have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.dataset import layout
from conflict_events.dataset.reading import Records
from conflict_events.dataset.review.sheet import NEW, Event, Row, Sheet
from conflict_events.dataset.toml_text import without_nulls
from conflict_events.errors import BadDataError, UsageError
from conflict_events.evidence import evidence

if TYPE_CHECKING:
    import pyarrow as pa

LIKELY = 0.2
"""Score of the linker from which an event of the records is shown beside a new one: low, since a person decides."""
SHOWN = 5
"""Most events that are shown beside one."""
FOLLOWS = ("evidence_start", "evidence_end", "evidence_sha256", "evidence_length")
"""Columns of a report that say where its sentence stands and what its hash is: they follow from the sentence."""


def propose(
    article: Path,
    records: Records,
    *,
    published: date | None = None,
    url: str | None = None,
    extractor: str = "rules",
) -> Sheet:
    """The sheet of an article. An event is decided as new where nothing of the records is like it, else undecided.

    Raises UsageError where the article is not there or stands in the records, BadDataError where it cannot be read.
    """
    from conflict_events.converters import convert
    from conflict_events.converters.decode import decode

    conversion = convert(article, "article", published=published, url=url, extractor=extractor)
    for lost in conversion.loss.set_aside:
        raise BadDataError(f"{lost.file}: {lost.reason}")
    tables = {name: [without_nulls(row) for row in table.to_pylist()] for name, table in conversion.tables.items()}
    [source] = tables["sources"]
    _refuse_known(article, source, records)
    text = decode(article.read_bytes()).text
    names = {event["event_id"]: f"e{number}" for number, event in enumerate(tables["events"], 1)}
    likely = _likely(conversion.tables["events"], records) if names else {}
    reports = [_report(report, tables["casualties"], text) for report in tables["reports"]]
    sheet = Sheet(f"{article.stem}.toml", {k: v for k, v in source.items() if k != "source_id"})
    for row in tables["events"]:
        key = row["event_id"]
        event = Event(
            _event_row(row, names),
            [_only(actor, "event_actors", "event_id") for actor in tables["event_actors"] if actor["event_id"] == key],
            [_only(report, "reports", "event_id") for report in reports if report.get("event_id") == key],
            "" if likely.get(key) else NEW,
            likely.get(key, []),
        )
        sheet.events.append(event)
    sheet.reports = [report for report in reports if "event_id" not in report]
    sheet.curated = {table: _unknown(table, tables, records) for table in layout.CURATED}
    return sheet


def _refuse_known(article: Path, source: Row, records: Records) -> None:
    for known in records.tables["sources"]:
        for column in ("url", "text_sha256"):
            if source.get(column) is not None and source.get(column) == known.get(column):
                file = layout.source_file(known["source_id"])
                raise UsageError(f"{article}: stands in the records as {file}: correct it there")


def _event_row(row: Row, names: dict[str, str]) -> Row:
    """The event under its name in the sheet, without what follows from the rest."""
    apart = {"origin_id", "n_reports", "geometry", "bbox", "priogrid_gid", "release_added", "release_revised"}
    kept = {k: v for k, v in row.items() if k not in apart and not k.startswith("deaths_")}
    kept["event_id"] = names[row["event_id"]]
    if "parent_event_id" in kept:
        kept["parent_event_id"] = names[kept["parent_event_id"]]
    if (
        "where_precision" not in kept and "country" in kept
    ):  # what is known of the place is its division, or its country
        kept["where_precision"] = 4 if "admin1" in kept else 6
        kept["derived"] = sorted({*kept.get("derived", []), "where_precision"})
    return kept


def _report(report: Row, casualties: list[Row], text: str) -> Row:
    counts = [_only(one, "casualties", "report_id") for one in casualties if one["report_id"] == report["report_id"]]
    row = {k: v for k, v in report.items() if k not in ("report_id", "source_id")}
    if "evidence_start" in row:
        sentence = text[row["evidence_start"] : row["evidence_end"]]
        if evidence(sentence) == (row.get("evidence_sha256"), row.get("evidence_length")):
            row = {k: v for k, v in row.items() if k not in FOLLOWS} | {"evidence": sentence}
    return {**row, "casualties": counts}


def _only(row: Row, table: str, implied: str) -> Row:
    """The row's own columns: without the one that its place in the sheet says."""
    names = {*schema.table(table).names, "evidence", "casualties"} - {implied}
    return {key: value for key, value in row.items() if key in names}


def _unknown(table: str, tables: dict[str, list[Row]], records: Records) -> list[Row]:
    key = schema.table(table).key[0]
    known = {row[key] for row in records.tables[table]}
    return [row for row in tables[table] if row[key] not in known]


def _likely(events: pa.Table, records: Records) -> dict[str, list[str]]:
    """For each new event the lines about those of the records that the linker finds like it, the likeliest first."""
    import pyarrow as pa

    from conflict_events.linking import link
    from conflict_events.targets.arrow import arrow_schema

    there = records.tables["events"]
    if not there:
        return {}
    declared = arrow_schema("events")
    # the linker compares origins: the new events pass for another one, so that only new is compared with old
    new = events.set_column(events.schema.get_field_index("origin"), "origin", pa.array(["other"] * len(events)))
    old = pa.Table.from_pylist([{"origin": "article", **row} for row in there], schema=declared)
    links = link([old, new.cast(declared)], method="candidates", threshold=LIKELY).links.to_pylist()
    known = {row["event_id"]: row for row in there}
    counts: dict[str, int] = {}
    for report in records.tables["reports"]:
        counts[report.get("event_id", "")] = counts.get(report.get("event_id", ""), 0) + 1
    found: dict[str, list[str]] = {}
    for one in sorted(links, key=lambda one: (-one["score"], one["event_id_1"], one["event_id_2"])):
        here, other = sorted((one["event_id_1"], one["event_id_2"]), key=lambda key: key in known)
        lines = found.setdefault(here, [])
        if len(lines) < 2 * SHOWN:
            lines += [
                f"{other} (score {one['score']:.2f}): {_in_words(known[other], counts.get(other, 0))}",
                f"    {one['reasons']}",
            ]
    return found


def _in_words(event: Row, reports: int) -> str:
    def said(*names: str, between: str = "") -> str:
        return between.join(str(event.get(name, "?")) for name in names)

    days = (
        said("date_start")
        if event.get("date_start") == event.get("date_end")
        else said("date_start", "date_end", between=" to ")
    )
    dead = "/".join(str(event.get(f"deaths_{bound}", "-")) for bound in ("low", "best", "high"))
    return (
        f"{days}, {said('event_subtype')} at {said('place_name')}, {said('side_a', 'side_b', between=' > ')}, "
        f"dead {dead}, {reports} {'report' if reports == 1 else 'reports'}"
    )
