"""The crosswalks as lookups of a dataset: what a code in a cell stands for among ours."""

from __future__ import annotations

from conflict_events.converters.tabular import quoted
from conflict_events.converters.tabular.dataset import Lookup
from conflict_events.schema import vocabulary

_FIRST, _LAST = "0001-01-01", "9999-12-31"


def countries(scheme: str, cell: str) -> Lookup:
    """The country of each code of a scheme that has always had one meaning; `country` adds the others."""
    rows = [row for row in vocabulary.rows("crosswalk_country") if row["scheme"] == scheme]
    dated = _dated(scheme)
    return _lookup(cell, {row["code"]: row["country"] for row in rows if row["code"] not in dated})


def country(scheme: str, lookup: str, cell: str, day: str) -> str:
    """SQL of our country for a cell on a day; null where there is none, or a code of several meanings has no day.

    lookup: the name of that of `countries`.
    """
    dated = _dated(scheme)
    branches = [
        f"WHEN {cell} = '{row['code']}' AND {day} BETWEEN DATE '{row['valid_from'] or _FIRST}' AND "
        f"DATE '{row['valid_to'] or _LAST}' THEN {quoted.text(row['country'])}"
        for row in vocabulary.rows("crosswalk_country")
        if row["scheme"] == scheme and row["code"] in dated
    ]
    return f"CASE {' '.join(branches)} ELSE {lookup} END" if branches else lookup


def event_kinds(cell: str, column: str) -> Lookup:
    """Our `event_type` or `event_subtype` for each CAMEO code that has a fair counterpart; a narrow one is fair."""
    return _lookup(cell, {row["cameo_code"]: row[column] for row in vocabulary.rows("crosswalk_cameo")})


def event_notes(cell: str) -> Lookup:
    """What to know of an event whose CAMEO code is wider than our kind, so that not all its events are of it."""
    narrow = [row for row in vocabulary.rows("crosswalk_cameo") if row["match"] == "narrow"]
    return _lookup(cell, {row["cameo_code"]: f"CAMEO {row['cameo_code']}: {row['note']}" for row in narrow})


def actor_types(cell: str) -> Lookup:
    """Our actor type for each CAMEO role of which every actor is of that type."""
    rows = vocabulary.rows("crosswalk_cameo_actor")
    return _lookup(cell, {row["cameo_role"]: row["actor_type"] for row in rows if row["match"] in ("exact", "broad")})


def _lookup(cell: str, codes: dict[str | None, str | None]) -> Lookup:
    return Lookup(cell, tuple((code, value) for code, value in codes.items() if code and value))


def _dated(scheme: str) -> set[str]:
    rows = vocabulary.rows("crosswalk_country")
    return {row["code"] or "" for row in rows if row["scheme"] == scheme and (row["valid_from"] or row["valid_to"])}
