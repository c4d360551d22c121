"""Plain data as YAML text, the same bytes each time: for artefacts, so that making them needs no YAML library."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_LONG = 60


def dump(data: Mapping[str, Any]) -> str:
    """The mapping as a YAML document, its keys in the order given."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: Any) -> list[str]:
    if isinstance(data, Mapping):
        return [line for key, value in data.items() for line in _entry(f"{_scalar(key)}:", value)]
    return [line for value in data for line in _entry("-", value)]


def _entry(head: str, value: Any) -> list[str]:
    if not _nested(value):
        return [f"{head} >-", f"  {value}"] if _folds(value) else [f"{head} {_scalar(value)}"]
    inner = _lines(value)
    if head == "-":
        return [f"- {inner[0]}", *(f"  {line}" for line in inner[1:])]
    if isinstance(value, Mapping):
        return [head, *(f"  {line}" for line in inner)]
    return [head, *inner]


def _nested(value: Any) -> bool:
    """Whether it stands on lines of its own: a mapping, or a list of other than scalars."""
    if isinstance(value, Mapping):
        return bool(value)
    return _is_list(value) and any(isinstance(v, Mapping) or _is_list(v) for v in value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _folds(value: Any) -> bool:
    """Whether the text stands better on a line of its own, without quotes and escapes."""
    return isinstance(value, str) and len(value) > _LONG and value.isprintable() and value == value.strip()


def _scalar(value: Any) -> str:
    if _is_list(value):
        return f"[{', '.join(map(_scalar, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
