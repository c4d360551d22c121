"""Events written for the tests; the land of Arvia and its sides are fictional."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
DAY = date(2016, 5, 10)


def ucdp(number: int | str, **values: Any) -> Row:
    """An event as UCDP GED's converter gives it: no event type, a span, low and high."""
    return _event(f"ucdp_ged:{number}", "ucdp_ged", {"violence_type": 1, "deaths_best": 4, **values})


def acled(number: int | str, **values: Any) -> Row:
    """An event as ACLED's converter gives it: an event type, sides in no direction, one figure."""
    coded = {"event_type": "battles", "event_subtype": "armed_clash", "violence_type": 1, "deaths_best": 4}
    return _event(f"acled:{number}", "acled", {**coded, **values})


def article(number: int | str, **values: Any) -> Row:
    """An event from an article."""
    return _event(f"article:{number}", "article", {"event_type": "battles", "event_subtype": "armed_clash", **values})


def _event(event_id: str, origin: str, values: Row) -> Row:
    first = values.get("date_start", DAY)
    return {
        "event_id": event_id,
        "origin": origin,
        "record_status": "final",
        "event_level": "incident",
        "coder": "made/1.0",
        "reviewed": False,
        "country": "IRQ",
        "latitude": 36.0,
        "longitude": 43.0,
        "where_precision": 1,
        "date_start": first,
        "date_end": first,
        "side_a": "Northern Front",
        "side_b": "Southern League",
        **values,
    }


def later(days: int) -> date:
    """So many days after DAY."""
    return DAY + timedelta(days=days)
