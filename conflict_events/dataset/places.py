"""What an event takes from the place that it names; the order is told in `records`."""

from __future__ import annotations

from typing import Any

DIVISIONS = ("country", "admin1", "admin2")
_POINT = ("latitude", "longitude")


def fill_from_places(events: list[dict[str, Any]], places: list[dict[str, Any]]) -> None:
    """Complete the events in place. A place_id that no place has is left for the rules to find."""
    known = {place["place_id"]: place for place in places}
    for event in events:
        place = known.get(event.get("place_id"))
        if place is not None:
            _divisions(event, place)
            _point(event, place)


def without_place_values(event: dict[str, Any], place: dict[str, Any]) -> dict[str, Any]:
    """The event without the values that it would take from the place anyway, so that a record says them once."""
    for names in (DIVISIONS, (*_POINT, "where_precision")):
        shorter = {name: value for name, value in event.items() if name not in names}
        filled = dict(shorter)
        fill_from_places([filled], [place])
        if all(filled.get(name) == event.get(name) for name in names):
            event = shorter
    return event


def _divisions(event: dict[str, Any], place: dict[str, Any]) -> None:
    for name in DIVISIONS:
        if name not in event and name in place:
            event[name] = place[name]
        # Below a division that differs, the place's own divisions are somewhere else.
        if event.get(name) != place.get(name):
            return


def _point(event: dict[str, Any], place: dict[str, Any]) -> None:
    # A point of the event's own is not the place's point, so the place's precision does not speak of it.
    if any(name in event for name in _POINT):
        return
    for name in (*_POINT, "where_precision"):
        if name in place:
            event.setdefault(name, place[name])
