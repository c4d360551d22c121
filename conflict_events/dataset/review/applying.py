"""Sheets into records: new events, and accounts of events that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from conflict_events.dataset.reading import read as read_records
from conflict_events.dataset.review import joining
from conflict_events.dataset.review.sheet import NEW, SKIP, Event, Row, Sheet
from conflict_events.dataset.standing import settle
from conflict_events.dataset.writing import write
from conflict_events.errors import BadDataError
from conflict_events.evidence import evidence

EVENT_PREFIX, REPORT_PREFIX, DIGITS = "ce-", "cr-", 6


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the sheets. `new`: ids that were given. `joined`: events that got another account, or took in
    another event. `skipped`: events that were decided to be none. `sources`: those that were added. `files`: what
    was written."""

    new: tuple[str, ...]
    joined: tuple[str, ...]
    skipped: int
    sources: tuple[str, ...]
    files: tuple[Path, ...]

    def to_text(self) -> str:
        """One line for people."""
        named = f" ({self.new[0]}{f' to {self.new[-1]}' if len(self.new) > 1 else ''})" if self.new else ""
        return (
            f"{len(self.new):,} new {_plural(len(self.new))}{named}; {len(self.joined):,} got another account; "
            f"{self.skipped:,} skipped; {len(self.files):,} files of the records written"
        )


def apply(sheets: Sequence[Sheet], folder: Path) -> Applied:
    """Write what the sheets decide into the records in `folder`; all of them, or nothing.

    New events and reports get the next free ids, a source the name PUBLISHER-DAY. The dead of every event that is
    touched follow from its reports. An article of which nothing is kept is not added.

    Raises BadDataError, naming the sheet, for an event without a decision, one decided as an event that the records
    do not have, a source that stands there already, and an event of a sheet that names no report.
    """
    records = read_records(folder)
    tables = {name: [dict(row) for row in rows] for name, rows in records.tables.items()}
    ids = _Ids(tables)
    new: list[str] = []
    joined: list[str] = []
    sources: list[str] = []
    skipped = 0
    for sheet in sheets:
        decided = dict(_decided(sheet, ids))
        skipped += len(sheet.events) - len(decided)
        reports = [*_reports_of(sheet, decided), *((None, report) for report in sheet.reports)]
        if reports:
            source = _source(sheet, tables)
            sources.append(source)
            _add_reports(tables, source, reports, ids)
        _add_events(tables, sheet, decided, records.release.version)
        _add_curated(tables, sheet)
        new += [key for name, key in decided.items() if _event(sheet, name).decision == NEW]
        joined += [key for name, key in decided.items() if _event(sheet, name).decision != NEW]
        for keep, events in sheet.same:
            joining.join_rows(tables, keep, events, records.release.version, sheet.name)
            joined.append(keep)
    settle(tables, {*new, *joined})
    return Applied(tuple(new), tuple(dict.fromkeys(joined)), skipped, tuple(sources), tuple(write(folder, tables)))


class _Ids:
    """The ids that are taken, and the next free ones."""

    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self.events = {row["event_id"] for row in tables["events"]}
        self.merged = {row["event_id"] for row in tables["events_history"]}
        self._event = _last(EVENT_PREFIX, self.events | self.merged)
        self._report = _last(REPORT_PREFIX, (row["report_id"] for row in tables["reports"]))

    def event(self) -> str:
        self._event += 1
        return f"{EVENT_PREFIX}{self._event:0{DIGITS}}"

    def report(self) -> str:
        self._report += 1
        return f"{REPORT_PREFIX}{self._report:0{DIGITS}}"


def _last(prefix: str, ids: Iterable[str]) -> int:
    numbers = (re.fullmatch(rf"{prefix}(\d+)", one) for one in ids)
    return max((int(found[1]) for found in numbers if found), default=0)


def _decided(sheet: Sheet, ids: _Ids) -> Iterator[tuple[str, str]]:
    """The events that are kept: their name in the sheet, and their id in the records."""
    seen: set[str] = set()
    for event in sheet.events:
        name, decision = event.row["event_id"], event.decision
        if name in seen:
            raise BadDataError(f"{sheet.name}: event {name} stands twice: name them apart")
        seen.add(name)
        if decision == SKIP:
            continue
        if not decision:
            raise BadDataError(f'{sheet.name}: event {name} has no decision: write "new", "skip" or the id of an event')
        if decision != NEW and decision not in ids.events:
            raise BadDataError(f"{sheet.name}: event {name}: the records have no event {decision!r}")
        if not event.reports:
            raise BadDataError(f"{sheet.name}: event {name} has no report: an event rests on an account of it")
        yield name, ids.event() if decision == NEW else decision


def _event(sheet: Sheet, name: str) -> Event:
    return next(event for event in sheet.events if event.row["event_id"] == name)


def _reports_of(sheet: Sheet, decided: Mapping[str, str]) -> Iterator[tuple[str | None, Row]]:
    for event in sheet.events:
        if event.row["event_id"] in decided:
            yield from ((decided[event.row["event_id"]], report) for report in event.reports)


def _source(sheet: Sheet, tables: dict[str, list[Row]]) -> str:
    assert sheet.source is not None  # a sheet without one has no events: `sheet.read`
    for known in tables["sources"]:
        for column in ("url", "text_sha256"):
            if sheet.source.get(column) is not None and sheet.source[column] == known.get(column):
                raise BadDataError(
                    f"{sheet.name}: its {column} stands already in {known['source_id']}: correct it there"
                )
    day = sheet.source.get("published") or sheet.source.get("republished") or "undated"
    first = f"{sheet.source.get('republished_by') or sheet.source.get('publisher_id') or 'source'}-{day}"
    taken = {row["source_id"] for row in tables["sources"]}
    key, number = first, 1
    while key in taken:
        number += 1
        key = f"{first}-{number}"
    tables["sources"].append({"source_id": key, **sheet.source})
    return key


def _add_reports(tables: dict[str, list[Row]], source: str, reports: list[tuple[str | None, Row]], ids: _Ids) -> None:
    for event_id, given in reports:
        key = ids.report()
        row: Row = {"report_id": key, "source_id": source}
        row |= {name: value for name, value in given.items() if name not in ("evidence", "casualties")}
        if event_id is not None:
            row["event_id"] = event_id
        if "evidence" in given:
            sha256, length = evidence(given["evidence"])
            row |= {"evidence_sha256": sha256, "evidence_length": length}
        tables["reports"].append(row)
        tables["casualties"] += [{"report_id": key, **one} for one in given["casualties"]]


def _add_events(tables: dict[str, list[Row]], sheet: Sheet, decided: Mapping[str, str], release: str) -> None:
    for event in sheet.events:
        name = event.row["event_id"]
        if name not in decided or event.decision != NEW:
            continue
        row = {"release_added": release, **event.row, "event_id": decided[name]}
        parent = row.pop("parent_event_id", None)
        if parent is not None and decided.get(parent, parent) in {*decided.values(), *_known(tables)}:
            row["parent_event_id"] = decided.get(parent, parent)
        if row.get("reviewed") and row.get("record_status") == "candidate":
            row["record_status"] = "final"
        tables["events"].append(row)
        tables["event_actors"] += [{**actor, "event_id": decided[name]} for actor in event.actors]


def _known(tables: Mapping[str, list[Row]]) -> set[str]:
    return {row["event_id"] for row in tables["events"]}


def _add_curated(tables: dict[str, list[Row]], sheet: Sheet) -> None:
    """Actors, places and publishers that something of the records names; others were of what was skipped."""
    named = {
        "actors": {row.get("actor_id") for row in tables["event_actors"]}
        | {row.get(f"side_{side}_id") for row in tables["events"] for side in "ab"},
        "places": {row.get("place_id") for row in (*tables["events"], *tables["reports"])},
        "publishers": {row.get(name) for row in tables["sources"] for name in ("publisher_id", "republished_by")},
    }
    for table, rows in sheet.curated.items():
        key = f"{table[:-1]}_id"
        known = {row[key] for row in tables[table]}
        tables[table] += [row for row in rows if row[key] in named[table] and row[key] not in known]


def _plural(count: int) -> str:
    return "event" if count == 1 else "events"
