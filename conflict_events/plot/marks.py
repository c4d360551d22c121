"""What a map draws: the events of a kind at a point, or in a cell where there are too many points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conflict_events.errors import UsageError
from conflict_events.plot.selection import Selection, counted
from conflict_events.plot.view import View, around

WIDEST = 3
"""The greatest where_precision whose point is that of a place, not the middle of a province or a country."""

KINDS = (
    "battles",
    "explosions_remote_violence",
    "violence_against_civilians",
    "protests",
    "riots",
    "strategic_developments",
    "state-based violence",
    "non-state violence",
    "one-sided violence",
    "other or no type",
)
"""Event types, and UCDP's types of violence for events that have no event type."""

_MOST = 20_000
"""More marks than these are drawn in cells: they would only hide each other."""
_CELLS = (300, 150, 100, 75, 50)
"""Cells along the longer side of the view: as many as leave that few marks."""

_POINTS = f"""
CREATE TEMP TABLE points AS
SELECT
    CASE
        WHEN event_type IN {KINDS[:6]} THEN event_type
        WHEN event_type IS NULL AND violence_type BETWEEN 1 AND 3 THEN {list(KINDS[6:9])}[violence_type]
        ELSE '{KINDS[9]}'
    END AS kind,
    longitude, latitude, place_name, where_precision, deaths_best,
    coalesce(where_precision > {WIDEST}, false) AS vague
FROM counted_events({{counting}})
WHERE longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90
"""

_MARKED = """
SELECT kind, vague, {longitude} AS longitude, {latitude} AS latitude, count(*) AS events, sum(deaths_best) AS deaths
FROM points WHERE {drawn} GROUP BY ALL ORDER BY deaths DESC NULLS LAST, kind, vague, 3, 4
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """`columns`: kind, vague (1 where known to a province or country only), longitude (as the view counts it),
    latitude, events, deaths (sum of the best figures, NaN where none is told), most deaths first. cell: its side in
    degrees, where marks are sums over cells. nowhere, vague: events without a point, and known vaguely."""

    columns: dict[str, NDArray[Any]]
    view: View
    cell: float | None
    nowhere: int
    vague: int


def marks(selection: Selection, hollow: bool) -> Marks:
    """The marks and the view around them; makes the table `points`. `hollow`: with what is known vaguely.

    Raises UsageError where there is nothing to draw.
    """
    selection.rows(_POINTS.format(counting=selection.counting))
    vague, points = selection.rows("SELECT coalesce(count_if(vague), 0), count(*) FROM points")[0]
    if points == 0:
        raise UsageError(f"none of {counted(selection.n, 'event')} has a point on the Earth to draw")
    if points == vague and not hollow:
        raise UsageError(
            f"none of {counted(selection.n, 'event')} is known to a place: hollow=True draws the {vague:,} "
            "that are known to a province or country"
        )
    drawn = "true" if hollow else "NOT vague"
    spread = selection.numpy(
        "SELECT round(longitude, 2) AS longitude, min(latitude) AS south, max(latitude) AS north "
        f"FROM points WHERE {drawn} GROUP BY 1"
    )
    view = around(spread["longitude"], np.concatenate([spread["south"], spread["north"]]))
    longest = max(view.east - view.west, view.north - view.south)
    cells = iter([float(f"{longest / number:.1g}") for number in _CELLS])
    longitude, latitude, cell = "longitude", "latitude", None
    while _number(selection, drawn, longitude, latitude) > _MOST and (larger := next(cells, None)):
        cell = larger
        longitude, latitude = (f"(floor({one} / {cell}) + 0.5) * {cell}" for one in ("longitude", "latitude"))
    columns = selection.numpy(_MARKED.format(drawn=drawn, longitude=longitude, latitude=latitude))
    columns["longitude"] = (columns["longitude"] - view.west) % 360 + view.west
    return Marks(columns, view, cell, selection.n - points, vague)


def _number(selection: Selection, drawn: str, longitude: str, latitude: str) -> int:
    query = f"SELECT DISTINCT kind, vague, {longitude}, {latitude} FROM points WHERE {drawn}"
    return int(selection.rows(f"SELECT count(*) FROM ({query})")[0][0])
