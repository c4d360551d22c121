"""Events on a map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from conflict_events.errors import UsageError
from conflict_events.plot import labels, paper
from conflict_events.plot.borders import borders, within
from conflict_events.plot.selection import Selection, counted, selected
from conflict_events.plot.view import View, around, frame

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from conflict_events.query.source import Source

Columns = dict[str, NDArray[Any]]

WIDEST = 3
"""The greatest where_precision whose point is that of a place, not the middle of a province or a country."""

_KINDS = {
    "battles": ("o", paper.BLUE),
    "explosions_remote_violence": ("s", paper.ORANGE),
    "violence_against_civilians": ("D", paper.PURPLE),
    "protests": ("^", paper.GREEN),
    "riots": ("v", paper.SKY),
    "strategic_developments": ("P", paper.GREEN),
    "state-based violence": ("o", paper.BLUE),
    "non-state violence": ("s", paper.ORANGE),
    "one-sided violence": ("D", paper.PURPLE),
    "other or no type": ("X", paper.GREY),
}
"""Marker and colour of each event type, and of UCDP's types of violence for events that have no event type."""

_MARKS = 20_000
"""More marks than these are drawn in cells: they would only hide each other."""
_CELLS = 300
_LARGEST, _SMALLEST, _ONE = 700.0, 14.0, 25.0
"""Areas of marks in square points: of the most deaths and of none, and what a death takes where they are few."""

_POINTS = """
CREATE TEMP TABLE points AS
SELECT
    CASE
        WHEN event_type IN ({kinds}) THEN event_type
        WHEN event_type IS NULL AND violence_type = 1 THEN 'state-based violence'
        WHEN event_type IS NULL AND violence_type = 2 THEN 'non-state violence'
        WHEN event_type IS NULL AND violence_type = 3 THEN 'one-sided violence'
        ELSE 'other or no type'
    END AS kind,
    longitude, latitude, place_name, where_precision, deaths_best, coalesce(where_precision > {widest}, false) AS vague
FROM counted_events({counting})
WHERE longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90 AND isfinite(longitude) AND isfinite(latitude)
"""

_MARKED = """
SELECT kind, vague, {longitude} AS longitude, {latitude} AS latitude, count(*) AS events, sum(deaths_best) AS deaths
FROM points WHERE {drawn} GROUP BY ALL ORDER BY deaths DESC NULLS LAST, kind, vague, 3, 4
"""


def map(
    source: Source | None = None,
    *,
    hollow: bool = False,
    names: bool = True,
    origin: str | None = None,
    dedupe: bool = False,
    where: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Events by place and type, the area of a mark by the deaths there; returns the Axes.

    source, origin, dedupe: as in `connect` and the macros. where: a condition on events, such as "country = 'IRQ'".
    A mark is all events of a type at a point; above 20,000 of them, those in a cell of the view. Its area stands for the
    sum of the best figures; where none dies or no figure is told it is of the least size.
    hollow: draw what is known to a province or country only (where_precision above 3) too, as hollow marks at the point
        that the source gives; else it is counted below the map.
    names: write the names of the largest places (GeoNames) and of countries.

    The view is around the points, on both sides of longitude 180 where they are. Borders and names show where things
    are, and say nothing of whose they ought to be. Raises UsageError where no event matches or none has a point to draw,
    for a mix of origins or a wrong condition, and where matplotlib is not installed.
    """
    paper.installed()
    with selected(source, origin, dedupe, where) as selection:
        kinds = ", ".join(f"'{kind}'" for kind in _KINDS)
        selection.rows(_POINTS.format(kinds=kinds, widest=WIDEST, counting=selection.counting))
        vague, points = selection.rows("SELECT count_if(vague), count(*) FROM points")[0]
        drawn = points if hollow else points - vague
        if drawn == 0:
            raise UsageError(_nowhere(selection.n, vague))
        chosen = "true" if hollow else "NOT vague"
        spread = selection.numpy(
            "SELECT round(longitude, 2) AS longitude, min(latitude) AS south, max(latitude) AS north "
            f"FROM points WHERE {chosen} GROUP BY 1"
        )
        view = around(spread["longitude"], np.concatenate([spread["south"], spread["north"]]))
        marks, cell = _marks(selection, view, chosen)
        ax = paper.axes(ax, height=7.2 / view.shape + 1.5)
        _land(ax, view)
        frame(ax, view)
        legend = _drawn(ax, marks)
        notes = _notes(selection.n - points, vague, hollow, cell)
        credit = "Borders: Natural Earth" + ("; places: GeoNames, CC BY 4.0" if names else "")
        title = selection.title("Events and deaths by place" if np.nansum(marks["deaths"]) else "Events by place")
        paper.finish(ax, title, selection.caption(*notes, credit), legend, columns=3)
        if names:
            labels.name(ax, view, selection)
    return ax


def _nowhere(n: int, vague: int) -> str:
    if vague:
        return f"none of {counted(n, 'event')} is known to a place: hollow=True draws the {vague:,} of a province or country"
    return f"none of {counted(n, 'event')} has a point on the Earth to draw"


def _marks(selection: Selection, view: View, drawn: str) -> tuple[Columns, float | None]:
    """What to draw, most deaths first, longitudes as the view counts them; and the side of a cell in degrees, if any."""
    count = f"SELECT count(*) FROM (SELECT DISTINCT kind, vague, longitude, latitude FROM points WHERE {drawn})"
    cell = None
    longitude, latitude = "longitude", "latitude"
    if selection.rows(count)[0][0] > _MARKS:
        cell = float(f"{max(view.east - view.west, view.north - view.south) / _CELLS:.1g}")
        longitude, latitude = (f"(floor({one} / {cell}) + 0.5) * {cell}" for one in (longitude, latitude))
    marks = selection.numpy(_MARKED.format(drawn=drawn, longitude=longitude, latitude=latitude))
    marks["longitude"] = (marks["longitude"] - view.west) % 360 + view.west
    return marks, cell


def _land(ax: Axes, view: View) -> None:
    from matplotlib.collections import LineCollection, PathCollection
    from matplotlib.path import Path

    sides = (view.west, view.east, view.south, view.north)
    rings = within(borders().land, *sides)
    if rings:
        land = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
        ax.add_collection(PathCollection([land], facecolors="#F4F2EC", edgecolors="none", zorder=0), autolim=False)
    lines = LineCollection(within(borders().lines, *sides), colors="#9A9A9A", linewidths=0.7, zorder=1)
    ax.add_collection(lines, autolim=False)
    for artist in ax.collections:
        artist.set_in_layout(False)  # it reaches out of the view, and measuring it takes long


def _drawn(ax: Axes, marks: Columns) -> list[Artist]:
    """Draws the marks, and returns what the legend explains: types with their events, and what areas mean."""
    from matplotlib.lines import Line2D

    deaths = np.nan_to_num(marks["deaths"])
    scale = min(_LARGEST / max(deaths.max(), 1), _ONE)
    areas = np.maximum(deaths * scale, _SMALLEST)
    vague = marks["vague"] == 1
    legend: list[Artist] = []
    for kind, (marker, colour) in _KINDS.items():
        of = marks["kind"] == kind
        if not of.any():
            continue
        for mask, fill, width in ((of & ~vague, colour, 0.5), (of & vague, "none", 1.0)):
            if mask.any():
                ax.scatter(
                    marks["longitude"][mask], marks["latitude"][mask], areas[mask], marker=marker, facecolors=fill,
                    edgecolors=colour if fill == "none" else "white", linewidths=width, alpha=0.7, zorder=3,
                )  # fmt: skip
        label = f"{kind.replace('_', ' ')} ({marks['events'][of].sum():,.0f})"
        legend.append(_key(Line2D, marker, _SMALLEST * 3, label, colour))
    if vague.any():
        legend.append(_key(Line2D, "o", _SMALLEST * 3, "hollow: province or country only", "none"))
    sizes = _sizes(float(deaths.max()), scale)
    return legend + [_key(Line2D, "o", n * scale, counted(n, "death"), "none") for n in sizes]


def _key(line: Any, marker: str, area: float, label: str, colour: str) -> Artist:
    edge = paper.GREY if colour == "none" else "white"
    artist: Artist = line(
        [], [], linestyle="", marker=marker, markersize=math.sqrt(area), markerfacecolor=colour, markeredgecolor=edge,
        alpha=0.8, label=label,
    )  # fmt: skip
    return artist


def _sizes(most: float, scale: float) -> list[int]:
    """Up to three round numbers of deaths, whose marks are larger than the smallest and fit in a line of the legend."""
    rounds = [n * 10**power for power in range(8) for n in (1, 2, 5)]
    fitting = [n for n in rounds if n <= most and _SMALLEST < n * scale <= 200]
    return fitting[-1::-3][:3][::-1]


def _notes(nowhere: int, vague: int, hollow: bool, cell: float | None) -> list[str]:
    notes = []
    if nowhere:
        notes.append(f"{nowhere:,} without a point: not drawn")
    if vague:
        notes.append(f"{vague:,} known to a province or country only: {'hollow' if hollow else 'not drawn'}")
    if cell is not None:
        notes.append(f"Marks are sums over cells of {cell:g} degrees")
    return notes
