"""Where an event's deaths stand: at one level only, so that a plain sum is right.

Where the incidents of an aggregate account for its toll, their figures stand and the aggregate has none; otherwise the
toll stands with the aggregate and its incidents have none. Each figure follows from the reports (`accounts`), so it can
be had again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from conflict_events.dataset.accounts import deaths, told

Row = dict[str, Any]
Deaths = dict[str, int]


def settle(tables: Mapping[str, list[Row]], event_ids: Iterable[str]) -> None:
    """Set the columns `deaths_*` of these events, and of what lies in one aggregate with them, from their reports.

    tables: rows as `records.read` gives them; those of events are changed in place.
    """
    events = {event["event_id"]: event for event in tables["events"]}
    heads = {events[one].get("parent_event_id") or one for one in event_ids if one in events}
    family = [event for event in events.values() if _head(event) in heads]
    for event, figures in standing(family, tables).items():
        row = events[event]
        for column in [name for name in row if name.startswith("deaths_")]:
            del row[column]
        row |= figures


def standing(events: Iterable[Mapping[str, Any]], tables: Mapping[str, list[Row]]) -> dict[str, Deaths]:
    """The deaths that stand with each of the events, which hold whole families of aggregate and incidents."""
    reports: dict[str, list[Row]] = {}
    for report in tables["reports"]:
        reports.setdefault(report.get("event_id") or "", []).append(report)
    counted: dict[str, list[Row]] = {}
    for row in tables["casualties"]:
        counted.setdefault(row["report_id"], []).append(row)
    sources = {source["source_id"]: source for source in tables["sources"]}
    found = {
        event["event_id"]: deaths(told(event, reports.get(event["event_id"], []), counted, sources)) for event in events
    }
    incidents: dict[str, list[str]] = {}
    for event in events:
        if event.get("parent_event_id") in found:
            incidents.setdefault(event["parent_event_id"], []).append(event["event_id"])
    for head, inside in incidents.items():
        dead = [one for one in inside if found[one]]
        if not dead or not found[head]:
            continue
        if sum(found[one].get("deaths_best", 0) for one in dead) >= found[head].get("deaths_best", 0):
            found[head] = {}
        else:
            found |= {one: {} for one in dead}
    return found


def _head(event: Mapping[str, Any]) -> str:
    return str(event.get("parent_event_id") or event["event_id"])
