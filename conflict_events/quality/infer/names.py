"""Which names others give to our columns, which words to our codes: tables, compared without case or punctuation."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from conflict_events import schema
from conflict_events.schema.types import Type
from conflict_events.schema.vocabulary import country_names, rows, terms


def plain(name: str) -> str:
    """The name in small letters, without spaces and punctuation: eventDate, EVENT_DATE and 'Event date' are one."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def known_names(table: str, column: str) -> tuple[str, ...]:
    """Plain names under which the column is found elsewhere, its own first."""
    return (plain(column), *(plain(one) for one in _tables().get(table, {}).get(column, ())))


@cache
def words(column: schema.Column) -> Mapping[str, str]:
    """Plain word -> code, for a column of a closed vocabulary or of type bool; empty for all others."""
    if column.type is Type.BOOL:
        return {plain(word): code for code in ("true", "false") for word in _tables()[code]["words"]}
    if column.vocabulary is None:
        return {}
    pairs = [(term.code, term.code) for term in terms(column.vocabulary)]
    pairs += [(term.label, term.code) for term in terms(column.vocabulary)]
    if column.vocabulary == "country":
        pairs += country_names().items()
    if column.vocabulary == "event_type":
        pairs += _exact("crosswalk_acled", "acled_event_type", "event_type")
    if column.vocabulary == "event_subtype":
        pairs += _exact("crosswalk_acled", "acled_sub_event_type", "event_subtype")
    if column.vocabulary == "actor_type":
        pairs += _exact("crosswalk_acled_actor", "inter", "actor_type")
        pairs += _exact("crosswalk_acled_actor", "label", "actor_type")
    found: dict[str, set[str]] = {}
    for word, code in pairs:
        found.setdefault(plain(word), set()).add(code)
    return {word: codes.pop() for word, codes in found.items() if word and len(codes) == 1}


def alpha_2() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 -> alpha-3."""
    return dict(_tables()["alpha_2"])


def _exact(table: str, word: str, code: str) -> list[tuple[str, str]]:
    """The pairs of a crosswalk, but for inexact ones."""
    return [
        (row[word] or "", row[code] or "")
        for row in rows(table)
        if row[word] and row[code] and row.get("match", "exact") == "exact"
    ]


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).resolve().parent / "known_names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
