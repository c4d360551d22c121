"""The part of the world that a map shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEAST = 1.5
"""Degrees of latitude that a map shows at least: one village alone says not where it is."""
_FLATTEST, _TALLEST = 2.2, 1.15
"""Width by height of a map, on paper."""


@dataclass(frozen=True, slots=True)
class View:
    """Degrees. Where the events lie on both sides of longitude 180, east is above 180."""

    west: float
    east: float
    south: float
    north: float

    @property
    def aspect(self) -> float:
        """A degree of latitude on paper by one of longitude: true at the middle latitude (equirectangular)."""
        return 1 / max(math.cos(math.radians((self.south + self.north) / 2)), 0.15)

    @property
    def shape(self) -> float:
        """Width by height, on paper."""
        return (self.east - self.west) / (self.north - self.south) / self.aspect


def around(longitudes: NDArray[Any], latitudes: NDArray[Any]) -> View:
    """A view that holds all points with a margin, neither a strip nor a column. Longitudes within -180 and 180.

    The widest gap between longitudes lies outside it.
    """
    found = np.unique(longitudes)
    gaps = np.diff(found, append=found[0] + 360)
    widest = int(gaps.argmax())
    west = float(found[(widest + 1) % len(found)])
    east = west + 360 - float(gaps[widest])
    south, north = float(latitudes.min()), float(latitudes.max())
    south, north = _widened(south, north, max((north - south) * 1.12, _LEAST))
    view = View(*_widened(west, east, (east - west) * 1.12), south, north)
    # each step changes the middle latitude a little, and with it the aspect
    for _ in range(3):
        if view.shape < _TALLEST:
            wide = min((view.north - view.south) * view.aspect * _TALLEST, 360.0)
            view = View(*_widened(view.west, view.east, wide), view.south, view.north)
        elif view.shape > _FLATTEST:
            high = (view.east - view.west) / view.aspect / _FLATTEST
            view = View(view.west, view.east, *_onto_earth(*_widened(view.south, view.north, high)))
    west, east = _widened(view.west, view.east, min(view.east - view.west, 360.0))
    if east - west > 350:  # all around: as world maps are cut
        west, east = -180.0, 180.0
    return View(west, east, *_onto_earth(view.south, view.north))


def _widened(low: float, high: float, span: float) -> tuple[float, float]:
    middle = (low + high) / 2
    return middle - span / 2, middle + span / 2


def _onto_earth(south: float, north: float) -> tuple[float, float]:
    """The same height, moved onto the Earth, or as much of it as there is."""
    if south < -90:
        south, north = -90.0, min(north - 90 - south, 90.0)
    if north > 90:
        south, north = max(south - (north - 90), -90.0), 90.0
    return south, north


def frame(ax: Axes, view: View) -> None:
    """Set the limits, the aspect, and a graticule with degrees."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.set_facecolor("white")  # the sea, under whatever style
    ax.set_xlim(view.west, view.east)
    ax.set_ylim(view.south, view.north)
    ax.set_aspect(view.aspect)
    for axis, letters in ((ax.xaxis, "WE"), (ax.yaxis, "SN")):
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 3, 5, 10]))
        axis.set_major_formatter(FuncFormatter(_degrees(letters)))
    ax.grid(color="#BBBBBB", linewidth=0.4, alpha=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(labelsize=8, length=2, color="#999999")
    for spine in ax.spines.values():
        spine.set_edgecolor("#999999")


def _degrees(letters: str) -> Any:
    def shown(value: float, _: int | None = None) -> str:
        if letters == "WE":
            value = (value + 180) % 360 - 180
        rounded = round(value, 6)
        return f"{abs(rounded):g}°" + ("" if rounded == 0 else letters[int(rounded > 0)])

    return shown
