"""Which months were looked at: what tells a zero from an unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from conflict_events.errors import UsageError
from conflict_events.plot.selection import Selection

if TYPE_CHECKING:
    from conflict_events.ml.coverage import Coverage

Array = NDArray[Any]


def told(selection: Selection, coverage: Sequence[Coverage] | None, origin: str | None) -> Sequence[Coverage] | None:
    """The coverage given, or what the table `coverage` says; None where that has no row.

    UsageError for an empty one, and where the table tells of several origins and `origin` of none.
    """
    from conflict_events.ml.coverage import declared

    if coverage is not None and not coverage:
        raise UsageError("coverage is empty: say where and when the source looked, or None where it is not known")
    if coverage is None and selection.rows("SELECT 1 FROM coverage LIMIT 1"):
        return declared(selection.con, origin)
    return coverage


def share(selection: Selection, coverage: Sequence[Coverage], starts: Array, ends: Array) -> Array:
    """For each period, from its first to its last day, which share of the places was looked at in all its months.

    The places are those of the coverage that the selected events lie in: a month in which one was looked at and another
    was not is between 0 and 1. 0 everywhere where the coverage knows none of the events' places.
    """
    rows = _there(selection, coverage)
    if not rows:
        return np.zeros(len(starts))
    first, last = (days.astype("datetime64[M]") for days in (starts, ends))
    months = np.arange(first[0], last[-1] + 1)
    places = sorted({(one.country or "", one.admin1 or "") for one in rows})
    seen = np.zeros((len(places), len(months)), dtype=bool)
    for one in rows:
        during = (months >= np.datetime64(one.first, "M")) & (months <= np.datetime64(one.last, "M"))
        holds = [one.country in (None, country) and one.admin1 in (None, admin1) for country, admin1 in places]
        seen |= np.array(holds)[:, None] & during
    shares = seen.mean(axis=0)
    least: Array = np.minimum(shares[(first - months[0]).astype(int)], shares[(last - months[0]).astype(int)])
    return least


def _there(selection: Selection, coverage: Sequence[Coverage]) -> list[Coverage]:
    """The coverage of the places that the events lie in; an event without a division may lie in any of its country."""
    lies = set(selection.rows(f"SELECT DISTINCT country, admin1 FROM counted_events({selection.counting})"))
    countries = {country for country, _ in lies}
    return [
        one
        for one in coverage
        if one.country is None
        or None in countries
        or (one.country in countries and (one.admin1 is None or not lies.isdisjoint(_divisions(one))))
    ]


def _divisions(one: Coverage) -> tuple[tuple[str | None, str | None], ...]:
    return (one.country, one.admin1), (one.country, None)
