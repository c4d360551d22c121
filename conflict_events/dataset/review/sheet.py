"""A sheet: one article's events as TOML, each with a decision that the curator makes.

    [source]                        what `sources` holds of the article
    [[events]]                      decision, then the columns of `events`; event_id is a name within the sheet
    [[events.actors]]
    [[events.reports]]              the columns of `reports`; evidence is the sentence itself
    [[events.reports.casualties]]
    [[reports]]                     accounts of no event: totals, and who holds a place
    [[reports.casualties]]
    [[places]] [[actors]] [[publishers]]    what the records do not have yet
    [[same]]                        events of the records that are one: keep, events

Not written: what follows from the rest (the ids of reports, the dead of an event, the hash of the evidence).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from conflict_events.dataset import layout, toml_text
from conflict_events.dataset.reading import rows_under
from conflict_events.errors import BadDataError

Row = dict[str, Any]

NEW, SKIP = "new", "skip"
HEAD = """\
# {article}: {events}.
# Read each sentence, mend what is wrong (a value that no source gives is no line at all), and set each decision:
#   "new"         an event that the records do not have
#   "ce-000123"   another account of that event: its reports go there, the event's own columns stay as they are
#   "skip"        no event: nothing of it is kept
# reviewed = true says that you have checked the event against the article.
# Then: conflict-events review --apply {name}
"""


@dataclass(slots=True)
class Event:
    """An event of the sheet: its row, what stands under it, and what the curator decided ('' where nothing yet)."""

    row: Row
    actors: list[Row] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)
    decision: str = ""
    beside: list[str] = field(default_factory=list)
    """Lines about events of the records that may be the same; comments in the text."""


@dataclass(slots=True)
class Sheet:
    """One article, or decisions about events of the records alone (then `source` is None).

    Reports carry their counts under `casualties` and their sentence under `evidence`.
    """

    name: str
    source: Row | None = None
    events: list[Event] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)
    curated: dict[str, list[Row]] = field(default_factory=dict)
    same: list[tuple[str, list[str]]] = field(default_factory=list)


def to_text(sheet: Sheet, article: str) -> str:
    """The sheet as TOML with the lines that help to decide."""
    count = len(sheet.events)
    events = "no event" if not count else "1 event" if count == 1 else f"{count} events"
    parts = [HEAD.format(article=_one_line(article), events=events, name=_one_line(sheet.name))]
    if sheet.source is not None:
        parts.append(toml_text.record("source", "sources", sheet.source, brackets="[]"))
    parts += [_event(event) for event in sheet.events]
    parts += [_report("reports", report) for report in sheet.reports]
    for table, rows in sheet.curated.items():
        parts += [toml_text.record(table, table, row) for row in rows]
    return "\n".join(parts)


def _one_line(text: str) -> str:
    """What goes into a comment: a line end in a name must not end it."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _event(event: Event) -> str:
    beside = "".join(f"# {_one_line(line)}\n" for line in event.beside)
    text = toml_text.record("events", "events", event.row, {"actors": event.actors})
    header, rest = text.split("\n", 1)
    reports = "".join(f"\n{_report('events.reports', report)}" for report in event.reports)
    return f"{beside}{header}\n{tomli_w.dumps({'decision': event.decision})}{rest}{reports}"


def _report(header: str, report: Row) -> str:
    plain = {key: value for key, value in report.items() if key not in ("evidence", "casualties")}
    text = toml_text.record(header, "reports", plain)
    if "evidence" in report:
        text += tomli_w.dumps({"evidence": report["evidence"]})
    counts = (toml_text.record(f"{header}.casualties", "casualties", one) for one in report.get("casualties", []))
    return text + "".join(f"\n{one}" for one in counts)


def read(path: Path) -> Sheet:
    """Raises BadDataError, naming sheet and record, for TOML that cannot be read, an unknown key or a wrong value."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadDataError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadDataError(f"{path}: not readable as TOML in UTF-8: {error}") from error
    except RecursionError:
        raise BadDataError(f"{path}: not readable as TOML: nested too deeply") from None
    known = {"source", "events", "reports", "same", *layout.CURATED}
    for key in content:
        if key not in known:
            raise BadDataError(f"{path}: unknown key {key}: a sheet has {', '.join(sorted(known))}")
    return _Reader(path, content).sheet()


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path
    content: Mapping[str, Any]

    def sheet(self) -> Sheet:
        source = self._source()
        if source is None and ("events" in self.content or "reports" in self.content):
            raise BadDataError(f"{self.path}: [source] is missing: give the article that the reports are from")
        return Sheet(
            self.path.name,
            source,
            [self._event(one, number) for number, one in self._each("events")],
            [self._report(one, f"reports[{number}]") for number, one in self._each("reports")],
            {
                table: [row for _, row, _ in rows_under(str(self.path), dict(self.content), table, table, {})]
                for table in layout.CURATED
            },
            [self._same(one, number) for number, one in self._each("same")],
        )

    def _source(self) -> Row | None:
        source = self.content.get("source")
        if source is None:
            return None
        if not isinstance(source, dict):
            raise BadDataError(f"{self.path}: source must be one table: write [source] before it")
        [(_, row, _)] = rows_under(str(self.path), {"source": [source]}, "source", "sources", {"source_id": ""})
        return {key: value for key, value in row.items() if key != "source_id"}

    def _each(self, key: str) -> Iterator[tuple[int, Row]]:
        found = self.content.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise BadDataError(f"{self.path}: {key} must be a list of tables: write [[{key}]] before each")
        yield from enumerate(found, 1)

    def _event(self, given: Row, number: int) -> Event:
        where = f"{self.path}: events[{number}]"
        decision = given.get("decision", "")
        if not isinstance(decision, str):
            raise BadDataError(f'{where}: decision must be "new", "skip" or the id of an event')
        own = {key: value for key, value in given.items() if key not in ("decision", "reports")}
        located = list(rows_under(where, {"events": [own]}, "events", "events", {}))
        event = Event(located[0][1], [row for table, row, _ in located if table == "event_actors"], decision=decision)
        reports = given.get("reports", [])
        if not isinstance(reports, list) or not all(isinstance(one, dict) for one in reports):
            raise BadDataError(f"{where}: reports must be a list of tables: write [[events.reports]] before each")
        event.reports = [self._report(one, f"events[{number}] reports[{n}]") for n, one in enumerate(reports, 1)]
        return event

    def _report(self, given: Row, where: str) -> Row:
        sentence = given.get("evidence")
        if sentence is not None and not isinstance(sentence, str):
            raise BadDataError(f"{self.path}: {where}: evidence must be the sentence, as text")
        own = {key: value for key, value in given.items() if key != "evidence"}
        implied = {"source_id": "", "report_id": where}
        located = list(rows_under(f"{self.path}: {where}", {"reports": [own]}, "reports", "reports", implied))
        row = {key: value for key, value in located[0][1].items() if key not in implied}
        row["casualties"] = [
            {key: value for key, value in one.items() if key != "report_id"}
            for table, one, _ in located
            if table == "casualties"
        ]
        return row if sentence is None else {**row, "evidence": sentence}

    def _same(self, given: Row, number: int) -> tuple[str, list[str]]:
        keep, events = given.get("keep"), given.get("events")
        if set(given) - {"keep", "events", "why"} or not isinstance(keep, str) or not isinstance(events, list):
            raise BadDataError(f'{self.path}: same[{number}]: give keep = "ID" and events = ["ID", "ID"]')
        return keep, [str(one) for one in events]
