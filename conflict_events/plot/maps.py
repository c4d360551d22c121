"""Events on a map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from conflict_events.plot import labels, paper, view
from conflict_events.plot.borders import borders, within
from conflict_events.plot.marks import KINDS, Marks, marks
from conflict_events.plot.selection import counted, selected

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from conflict_events.query.source import Source

_COLOURS = (
    paper.BLUE, paper.ORANGE, paper.PURPLE, paper.GREEN, paper.SKY, paper.GREEN,
    paper.BLUE, paper.ORANGE, paper.PURPLE, paper.GREY,
)  # fmt: skip
_MARKERS = "osD^vPosDX"
"""Of each of KINDS: colour and marker of UCDP's types are those of the event types that they are nearest to."""

_LARGEST, _SMALLEST, _ONE = 500.0, 14.0, 25.0
"""Areas of marks in square points: of the most deaths, of none, and of one where deaths are few."""
_OVER = 60.0
"""Marks above this area lie below the others."""


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
    hollow: draw what is known to a province or country only (where_precision above 3) too, as hollow marks at the point
        that the source gives; else it is counted below the map.
    names: write the names of places (those of most events, and the largest of GeoNames) and of countries.

    A mark is all events of a type at a point; where those are more than 20,000, in a cell. Its area stands for the sum
    of the best figures; where nobody died or no figure is told it is of the least size. Events without an event type
    are drawn by violence_type. The view is around the points, on both sides of longitude 180 where they are; a degree
    of latitude is true to one of longitude in the middle (equirectangular). Borders show where things are, and say
    nothing of whose they ought to be.

    Raises UsageError where no event matches or none has a point to draw, for a mix of origins or a wrong condition, and
    where matplotlib is not installed.
    """
    paper.installed()
    with selected(source, origin, dedupe, where) as selection:
        found = marks(selection, hollow)
        ax = paper.axes(ax, height=7.2 / found.view.shape + 1.5)
        _land(ax, found.view)
        view.frame(ax, found.view)
        legend = _drawn(ax, found)
        deaths = bool(np.nansum(found.columns["deaths"]))
        title = selection.title("Events and deaths by place" if deaths else "Events by place")
        credit = "Borders: Natural Earth" + ("; places: GeoNames, CC BY 4.0" if names else "")
        paper.finish(ax, title, selection.caption(*_notes(found, hollow), credit), legend, columns=3)
        if names:
            labels.name(ax, found.view, selection)
    return ax


def _land(ax: Axes, shown: view.View) -> None:
    from matplotlib.collections import LineCollection, PathCollection
    from matplotlib.path import Path

    sides = (shown.west, shown.east, shown.south, shown.north)
    lines = LineCollection(within(borders().lines, *sides), colors="#9A9A9A", linewidths=0.7, zorder=1)
    rings = [Path(ring, closed=True) for ring in within(borders().land, *sides)]
    whole = [Path.make_compound_path(*rings)] if rings else []
    land = PathCollection(whole, facecolors="#F4F2EC", edgecolors="none", zorder=0)
    for artist in (land, lines):
        artist.set_in_layout(False)  # it reaches out of the view, and measuring it takes long
        ax.add_collection(artist, autolim=False)


def _drawn(ax: Axes, found: Marks) -> list[Artist]:
    """Draws the marks, and returns what the legend explains: types with their events, and what areas mean."""
    columns = found.columns
    deaths = np.nan_to_num(columns["deaths"])
    scale = min(_LARGEST / max(deaths.max(), 1), _ONE)
    areas = np.maximum(deaths * scale, _SMALLEST)
    vague = columns["vague"] == 1
    legend: list[Artist] = []
    for kind, marker, colour in zip(KINDS, _MARKERS, _COLOURS, strict=True):
        of = columns["kind"] == kind
        for mask, zorder in ((of & (areas > _OVER), 3), (of & (areas <= _OVER), 4)):
            for some, fill, edge in ((mask & ~vague, colour, "white"), (mask & vague, "none", colour)):
                if some.any():
                    where = (columns["longitude"][some], columns["latitude"][some], areas[some])
                    drawn = ax.scatter(*where, marker=marker, facecolors=fill, edgecolors=edge, alpha=0.7)
                    drawn.set(zorder=zorder, linewidths=1.0 if fill == "none" else 0.5, gid=kind)
        if of.any():
            label = f"{kind.replace('_', ' ')} ({columns['events'][of].sum():,.0f})"
            legend.append(_key(marker, _SMALLEST * 3, label, colour))
    if vague.any():
        legend.append(_key("o", _SMALLEST * 3, "hollow: province or country only"))
    return legend + [_key("o", n * scale, counted(n, "death")) for n in _sizes(float(deaths.max()), scale)]


def _key(marker: str, area: float, label: str, colour: str = "none") -> Artist:
    from matplotlib.lines import Line2D

    edge = paper.GREY if colour == "none" else "white"
    key = Line2D([], [], linestyle="", marker=marker, markersize=math.sqrt(area), alpha=0.8, label=label)
    key.set(markerfacecolor=colour, markeredgecolor=edge)
    return key


def _sizes(most: float, scale: float) -> list[int]:
    """Up to two round numbers of deaths, whose marks are larger than the smallest and fit in a line of the legend."""
    rounds = [n * 10**power for power in range(8) for n in (1, 2, 5)]
    fitting = [n for n in rounds if n <= most and _SMALLEST < n * scale <= 200]
    return fitting[-1::-2][:2][::-1]


def _notes(found: Marks, hollow: bool) -> list[str]:
    notes = []
    if found.nowhere:
        notes.append(f"{found.nowhere:,} without a point: not drawn")
    if found.vague:
        notes.append(f"{found.vague:,} known to a province or country only: {'hollow' if hollow else 'not drawn'}")
    if found.cell is not None:
        notes.append(f"Marks are sums over cells of {found.cell:g}°")
    return notes
