"""The closed vocabularies and the crosswalks, read from the CSV files beside this module."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a vocabulary. `parent` is the code one level up (a subtype's event_type)."""

    code: str
    parent: str | None
    label: str
    definition: str
    source: str


@cache
def _vocabularies() -> dict[str, tuple[Term, ...]]:
    found: dict[str, list[Term]] = {}
    for row in rows("vocabulary"):
        term = Term(row["code"] or "", row["parent"], row["label"] or "", row["definition"] or "", row["source"] or "")
        found.setdefault(row["vocabulary"] or "", []).append(term)
    return {name: tuple(terms) for name, terms in found.items()}


def vocabularies() -> tuple[str, ...]:
    """The names of all closed vocabularies."""
    return tuple(_vocabularies())


def terms(vocabulary: str) -> tuple[Term, ...]:
    """The terms of one vocabulary, in order; KeyError where there is none of that name."""
    return _vocabularies()[vocabulary]


def codes(vocabulary: str) -> tuple[str, ...]:
    """The codes of one vocabulary, as text."""
    return tuple(term.code for term in terms(vocabulary))


@cache
def country_names() -> Mapping[str, str]:
    """English name of a country, as spelled -> its code: the vocabulary's names and others in use.

    No name is among them that could mean two states (Congo, Korea, Yugoslavia).
    """
    others = {row["name"] or "": row["country"] or "" for row in _read(_HERE / "country_names.csv")}
    return MappingProxyType({**others, **{term.label: term.code for term in terms("country")}})


def rows(table: str) -> list[dict[str, str | None]]:
    """The rows of `vocabulary` or of a crosswalk table; empty cells are null.

    Codes stay text, so that CAMEO's leading zeros survive.
    """
    name = table.removeprefix("crosswalk_")
    return _read(_HERE / "vocabulary.csv" if table == "vocabulary" else _HERE / "crosswalks" / f"{name}.csv")


def _read(path: Path) -> list[dict[str, str | None]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(handle)]
