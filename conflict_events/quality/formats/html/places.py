"""Where failing rows lie: failures counted by place, coarser where there are too many places to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 3000
"""Dots on the map."""
GRIDS = (0.0, 0.1, 0.5, 1.0, 5.0)
"""Sides of the squares, in degrees, that places are joined by; 0: none are."""
NAMES = ["latitude", "longitude"]
SLACK = 1e-6
"""A place on the edge of a square is in it, though 10.1 / 0.1 is a little under 101 in binary."""


def of(where: pa.Table) -> dict[str, Any]:
    """Points as longitude, latitude and number of failures, most failures first, and how many have no place.

    where: a row a failure, with `latitude` and `longitude` in degrees.
    """
    import pyarrow.compute as pc

    lat, lon = where["latitude"], where["longitude"]
    inside = pc.and_(pc.less_equal(pc.abs(lat), 90), pc.less_equal(pc.abs(lon), 180))
    placed = where.select(NAMES).filter(pc.fill_null(inside, False))
    counts = placed.group_by(NAMES).aggregate([([], "count_all")]).rename_columns([*NAMES, "n"])
    grid = 0.0
    for grid in GRIDS:
        counts = _joined(counts, grid)
        if counts.num_rows <= MOST:
            break
    counts = counts.sort_by([("n", "descending"), ("longitude", "ascending"), ("latitude", "ascending")])
    points = zip(*(counts[c].to_pylist() for c in ("longitude", "latitude", "n")), strict=True)
    return {
        "placed": placed.num_rows,
        "unplaced": where.num_rows - placed.num_rows,
        "grid": grid,
        "points": [[round(x, 4), round(y, 4), n] for x, y, n in points],
    }


def _joined(counts: pa.Table, grid: float) -> pa.Table:
    """The numbers of failures in each square of that side; a square stands at its middle."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not grid:
        return counts
    # the middle of a smaller square is well inside a larger one, so joining step by step moves nothing next door
    squares = [pc.multiply(pc.add(pc.floor(pc.add(pc.divide(counts[c], grid), SLACK)), 0.5), grid) for c in NAMES]
    joined = pa.table([*squares, counts["n"]], [*NAMES, "n"])
    return joined.group_by(NAMES).aggregate([("n", "sum")]).rename_columns([*NAMES, "n"])
