"""Fictional events, and what a picture says below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]
Write = Callable[[Rows], Path]

REQUIRED = {"origin": "mine", "record_status": "final", "event_level": "incident", "coder": "x", "reviewed": False}


def event(day: date | None = date(2016, 3, 9), until: date | None = None, **more: Any) -> dict[str, Any]:
    return {"date_start": day, "date_end": until or day, "country": "IRQ", **more}


def at(latitude: float, longitude: float, **more: Any) -> dict[str, Any]:
    return event(
        **{"latitude": latitude, "longitude": longitude, "where_precision": 1, "event_type": "battles", **more}
    )


def caption(ax: Any) -> str:
    """The text below the picture, on one line."""
    return " ".join(ax.get_xlabel().split())
