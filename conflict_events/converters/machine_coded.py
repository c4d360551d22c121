"""What datasets coded by machine share: code lists as small tables, countries told by name, forces at home and abroad.

Each row of such a dataset is a claim: one sentence of one story, read by a program.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from conflict_events.converters.tabular import quoted
from conflict_events.schema.vocabulary import codes, country_names

Kind = tuple[str | None, str | None, str | None]
"""event_type, event_subtype, and what to note where the crosswalk's match is narrow."""


def agreed(readings: Iterable[tuple[str, Kind]]) -> dict[str, Kind]:
    """Key -> what it means, for keys whose readings all say one type and subtype; the first reading's note."""
    found: dict[str, list[Kind]] = {}
    for key, kind in readings:
        found.setdefault(key, []).append(kind)
    return {key: kinds[0] for key, kinds in found.items() if len({kind[:2] for kind in kinds}) == 1}


def kind_of(scheme: str, code: str | None, row: Mapping[str, str | None]) -> Kind:
    """The kind that a crosswalk's row gives. Where it is narrow not all of the source's events are of it: a note."""
    note = f"{scheme} {code}: {row['note']}" if row["match"] == "narrow" else None
    return row["event_type"], row["event_subtype"], note


def kinds_table(name: str, kinds: Mapping[str, Kind]) -> str:
    """The statement that makes the table `name` (key, event_type, event_subtype, note). A join with it is the fastest
    of lookups; each key stands once."""
    return _table(name, ("key", "event_type", "event_subtype", "note"), ((key, *kind) for key, kind in kinds.items()))


def countries_table(also: Mapping[str, str] | None = None) -> str:
    """The statement that makes the table of `country_named`. also: names that mean one country in this dataset only."""
    known = {**_countries(), **(also or {})}
    spelled = {write(name): code for write in (str.lower, str.upper, str.title) for name, code in known.items()}
    # names of columns that no source has: SQL would take a source's Country for the table's country
    return _table("country_names", ("name_", "code_"), {**spelled, **known}.items())


def country_named(name: str) -> str:
    """SQL: our country code for an English name, or for a code of ours; null where it is none.

    name: SQL of text, as it is spelled, in capitals, in small letters or With Capitals; names with accents are known
    without them too.
    """
    return f"(SELECT code_ FROM country_names WHERE name_ = {name})"


@cache
def _countries() -> dict[str, str]:
    named = country_names()
    plain = {unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode(): code for key, code in named.items()}
    return {**plain, **named, **{code: code for code in codes("country")}}


def side_type(kind: str, own: str, here: str) -> str:
    """SQL: the actor type of a side of type `kind`, which is state_forces for the forces of any state.

    own, here: SQL of the side's country and of the event's. Forces abroad are external_forces; where a country is
    not known, neither can be told.
    """
    forces = f"['external_forces', 'state_forces'][1 + CAST({own} = {here} AS INTEGER)]"
    return f"CASE WHEN {kind} = 'state_forces' THEN {forces} ELSE {kind} END"


def sides() -> str:
    """`SELECT` of event_actors: each side by its name."""
    return " UNION ALL ".join(
        f"SELECT our_event_id AS event_id, our_side_{side} AS name, '{side}' AS side, 'primary' AS role "
        f"FROM read WHERE our_side_{side} IS NOT NULL"
        for side in "ab"
    )


def _table(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str | None, ...]]) -> str:
    # a list a column is planned in half the time that a row of VALUES each takes
    lists = (
        f"unnest([{', '.join(map(quoted.text, cells))}]) AS {column}"
        for column, cells in zip(columns, zip(*rows, strict=True), strict=True)
    )
    return f"CREATE TABLE {name} AS SELECT {', '.join(lists)}"
