"""Coded articles and extracted events, as files of one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conflict_events.errors import BadDataError, UsageError

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Article:
    """One article's coding: its events, in the keys of docs/reference/evaluation.md, and its style if it says one."""

    name: str
    events: tuple[Event, ...]
    style: str | None = None


def read_gold(path: Path) -> list[Article]:
    """The coded articles of a file. BadDataError names the line that is no coding."""
    found: dict[str, Article] = {}
    for line, row in _rows(path):
        name, events = str(row.get("article", "")), row.get("events")
        if not name or not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            raise BadDataError(f"{path} line {line}: a coding needs `article` and a list of `events`")
        if any("event_type" not in event for event in events):
            raise BadDataError(f"{path} line {line}: an event of article {name} has no `event_type`")
        if name in found:
            raise BadDataError(f"{path} line {line}: article {name} is coded twice")
        found[name] = Article(name, tuple(events), row.get("style"))
    if not found:
        raise BadDataError(f"{path}: no coded article in it")
    return list(found.values())


def read_predictions(path: Path) -> dict[str, list[Event]]:
    """Extracted events by article, from what `convert --format jsonl` prints. BadDataError names a bad line."""
    found: dict[str, list[Event]] = {}
    for line, row in _rows(path):
        if "article" not in row or "event_subtype" not in row:
            raise BadDataError(
                f"{path} line {line}: an event needs `article` and `event_subtype`: convert --format jsonl"
            )
        found.setdefault(str(row["article"]), []).append(row)
    return found


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadDataError(f"{path}: cannot be read as UTF-8 text: {error}") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadDataError(f"{path} line {number}: no JSON: {error}") from None
        if not isinstance(row, dict):
            raise BadDataError(f"{path} line {number}: no JSON object")
        yield number, row
