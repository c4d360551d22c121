"""Makes borders.npz of Natural Earth: `python -m conflict_events.plot.build_borders countries-50m.json`.

The file is that of the npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`), a TopoJSON of Natural Earth 4.1.0,
1:50m: lines ("arcs") as steps on a grid, which rings of countries and of land name by number, ~n for n backwards.
"""

from __future__ import annotations

import json
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from conflict_events.plot.borders import DEGREE, FILE, Numbers

Ring = list[int]


def main(topology: Path) -> None:
    """Write borders.npz beside this module."""
    told = json.loads(topology.read_text(encoding="utf-8"))
    scale, origin = (np.array(told["transform"][key]) for key in ("scale", "translate"))
    lines = [_snapped(np.cumsum(arc, axis=0) * scale + origin) for arc in told["arcs"]]
    rings = [ring for one in told["objects"]["land"]["geometries"] for ring in _rings(one)]
    names = []
    for country in told["objects"]["countries"]["geometries"]:
        if country["properties"]["name"] == "Siachen Glacier":  # no country
            continue
        centre, area = max((_centre(ring, lines) for ring in _rings(country)), key=lambda found: found[1])
        names.append((country["properties"]["name"], centre, area))
    names.sort(key=lambda one: -one[2])
    np.savez_compressed(
        FILE,
        starts=np.array([line[0] for line in lines], np.int32),
        # apart, and the steps after their starts: small numbers, which compress
        steps=np.concatenate([np.diff(line, axis=0) for line in lines]).T.astype(np.int16),
        lengths=np.array([len(line) - 1 for line in lines], np.int16),
        rings=np.array(list(chain.from_iterable(rings)), np.int16),
        ring_lengths=np.array([len(ring) for ring in rings], np.int16),
        names=np.array([name for name, *_ in names]),
        centres=np.array([centre for _, centre, _ in names], np.float32),
    )


def _snapped(points: Numbers) -> Numbers:
    """The points on our coarser grid, a line over longitude 180 going on eastward or westward rather than around."""
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    grid = np.rint(points * DEGREE).astype(np.int64)
    moved = np.any(np.diff(grid, axis=0) != 0, axis=1)
    moved[-1] |= not moved.any()  # a line has two points
    snapped: Numbers = grid[np.concatenate([[True], moved])]
    return snapped


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _centre(ring: Ring, lines: list[Numbers]) -> tuple[Numbers, float]:
    """The centre of gravity of a ring in degrees, and its area (the shoelace formula)."""
    points = np.concatenate([lines[n] if n >= 0 else lines[~n][::-1] for n in ring]) / DEGREE
    points[:, 0] = np.unwrap(points[:, 0], period=360)
    x, y = (points - points[0]).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    if area == 0:
        return points[0], 0.0
    gravity = np.array([((x[:-1] + x[1:]) * cross).sum(), ((y[:-1] + y[1:]) * cross).sum()]) / (6 * area)
    longitude, latitude = points[0] + gravity
    return np.array([(longitude + 180) % 360 - 180, latitude]), abs(float(area))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
