"""Schema documents: those frozen with the package, by version, and a user's own files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema import freeze

_PARTS = ("version", "tables", "rules", "suites", "vocabularies")


def versions() -> tuple[str, ...]:
    """The frozen versions, the earliest first."""
    return tuple(sorted((path.stem for path in freeze.FROZEN.glob("*.json")), key=order))


def order(version: str) -> tuple[int, ...]:
    """A version as numbers, which compare as versions do."""
    return tuple(int(part) for part in version.split("."))


def document(given: str) -> dict[str, Any]:
    """The document of a version number, or of a .json file.

    Raises UsageError for a version or file that there is not, BadDataError for a file that is no schema document.
    """
    path = Path(given) if given.lower().endswith(".json") else freeze.FROZEN / f"{given}.json"
    if not path.is_file():
        if path.parent == freeze.FROZEN:
            raise UsageError(f"no schema version {given}: there are {', '.join(versions())}")
        raise UsageError(f"{given}: no such file")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise BadDataError(f"{given}: not readable as JSON: {error}") from error
    absent = [part for part in _PARTS if not isinstance(found, dict) or part not in found]
    if absent:
        raise BadDataError(f"{given}: no schema document: it has no '{absent[0]}' (see conflict_events/schema/frozen)")
    if re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", str(found["version"])) is None:
        raise BadDataError(f"{given}: its version is '{found['version']}': write three numbers, such as 1.2.0")
    made: dict[str, Any] = found
    return made
