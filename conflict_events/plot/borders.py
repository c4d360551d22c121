"""Land, borders and names of countries, from borders.npz.

Made with Natural Earth (https://www.naturalearthdata.com, public domain), version 4.1.0, Admin 0 countries, 1:50m, as
the npm package world-atlas 2.0.2 (ISC) has them; `build_borders` makes the file. It shows who holds a territory in
fact, in 2018, and says nothing of who ought to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]

FILE = Path(__file__).with_name("borders.npz")
DEGREE = 200
"""Steps of the file's grid in a degree: 0.005 degrees, some 550 m."""


@dataclass(frozen=True, slots=True)
class Borders:
    """The world. `lines`: coasts and borders, each once; `land`: rings. Each is points x (longitude, latitude) in
    degrees, and may go on past longitude 180. `names`: countries, the largest first; `centres`: of their largest parts.
    """

    lines: list[Numbers]
    land: list[Numbers]
    names: list[str]
    centres: Numbers


@cache
def borders() -> Borders:
    """The world."""
    with np.load(FILE) as file:
        held = {name: file[name] for name in file.files}
    parts = np.split(held["steps"].T.astype(np.int64), np.cumsum(held["lengths"])[:-1])
    lines = [
        np.cumsum(np.vstack([start, steps]), axis=0) / DEGREE
        for start, steps in zip(held["starts"], parts, strict=True)
    ]
    land = [_ring(numbers, lines) for numbers in np.split(held["rings"], np.cumsum(held["ring_lengths"])[:-1])]
    return Borders(lines, land, held["names"].tolist(), held["centres"])


def _ring(numbers: Numbers, lines: list[Numbers]) -> Numbers:
    points = np.concatenate([lines[n] if n >= 0 else lines[~n][::-1] for n in numbers])
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    if abs(points[-1, 0] - points[0, 0]) > 180:  # Antarctica goes around the pole: close it there
        points = np.vstack([points, [points[-1, 0], -90], [points[0, 0], -90], points[0]])
    return points


def within(parts: list[Numbers], west: float, east: float, south: float, north: float) -> list[Numbers]:
    """The parts of the world that a view touches, moved by whole turns to where the view has them."""
    found = []
    for turn in (-360, 0, 360):
        for points in parts:
            x, y = points.T
            if x.max() + turn >= west and x.min() + turn <= east and y.max() >= south and y.min() <= north:
                found.append(np.column_stack([x + turn, y]))
    return found
