"""Where and when a dataset looked: what tells a month without events from a month that nobody read.

A dataset's events do not say where it looked. A source says it, or its codebook does; the table `coverage` holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from conflict_events.errors import BadDataError, UsageError

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Coverage:
    """Months from `first` to `last` (their days do not matter) in which events of a place were looked for.

    country: ISO 3166-1 alpha-3, or None for the world. admin1: a first division of it, or None for the whole country.
    """

    first: date
    last: date
    country: str | None = None
    admin1: str | None = None


UCDP_GED = (Coverage(date(1989, 1, 1), date(9999, 12, 31)),)
"""UCDP GED covers the world from 1989 (GED Codebook 24.1); give the last month of your release as the panel's end.

Syria is in it from version 17.2 on, in the world's files alone.
"""


def shipped() -> Sequence[Coverage]:
    """What the shipped release looked at (coding manual, "Scope"): the campaign against ISIS in twelve governorates.

    From November 2016: October was read from the 17th only. Of Homs, Rif Dimashq, Hama and Aleppo the east alone was
    looked at, and everywhere only what ISIS was a party to: a month without events there is a month of no such event
    found. The column `scope` of the table `coverage` says so row by row.
    """
    from conflict_events.query import connect

    with connect() as con:
        return declared(con)


def declared(con: duckdb.DuckDBPyConnection, origin: str | None = None) -> Sequence[Coverage]:
    """What the table or view `coverage` of the connection says that a source looked at.

    origin: whose looking, such as 'ucdp_ged'; needed where the table tells of several, because a month that one of
    them looked at is not known to the others. The days of the result are the first of each month.

    Raises UsageError where the table has no row (of that origin) or mixes origins, BadDataError for a row whose months
    are not written as first days.
    """
    rows = con.execute(
        "SELECT coverage_id, origin, country, admin1, first_month, last_month FROM coverage ORDER BY coverage_id"
    ).fetchall()
    origins = sorted({str(row[1]) for row in rows})
    told = f"it tells of {', '.join(origins)}" if origins else "it has no row"
    if origin is None and len(origins) > 1:
        raise UsageError(f"coverage mixes origins: {told}: say which with origin=")
    found = [row[2:] for row in rows if origin in (None, row[1])]
    if not found:
        of = f" of {origin}" if origin else ""
        raise UsageError(f"coverage says nothing{of}: {told}; add rows, or give ml.Coverage")
    for one, *_, first, last in rows:
        if first.day != 1 or last.day != 1:
            raise BadDataError(f"coverage '{one}': {first} or {last} is not the first day of a month")
    return [Coverage(first, last, country, admin1) for country, admin1, first, last in found]
