"""Where failing rows lie: failures counted by place, coarser where there are too many places to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 3000
"""Dots on the map."""
GRIDS = (0, 1_000, 5_000, 10_000, 50_000)
"""Sides of the squares, in units, that places are joined by; 0: none are."""
UNIT = 10_000
"""Units of a degree. Places are whole numbers: Arrow groups doubles in quadratic time."""
WIDE = 4_000_000
"""More units than there are from west to east, so that one number holds a place."""


def of(where: pa.Table) -> dict[str, Any]:
    """Points as longitude, latitude and number of failures, most failures first, and how many have no place.

    where: a row a failure, with `latitude` and `longitude` in degrees.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    lat, lon = where["latitude"], where["longitude"]
    inside = pc.fill_null(pc.and_(pc.less_equal(pc.abs(lat), 90), pc.less_equal(pc.abs(lon), 180)), False)
    north, east = _units(lat.filter(inside), 90), _units(lon.filter(inside), 180)
    placed = len(north)
    ones = pa.chunked_array([pa.repeat(pa.scalar(1, pa.int64()), placed)])
    counts = _counted(north, east, ones)
    grid = 0
    for grid in GRIDS:
        counts = _joined(counts, grid)
        if counts.num_rows <= MOST:
            break
    order = [("n", "descending"), ("east", "ascending"), ("north", "ascending")]
    points = counts.sort_by(order).to_pylist()
    return {
        "placed": placed,
        "unplaced": where.num_rows - placed,
        "grid": grid / UNIT,
        "points": [[round(p["east"] / UNIT - 180, 4), round(p["north"] / UNIT - 90, 4), p["n"]] for p in points],
    }


def _units(degrees: pa.ChunkedArray, origin: int) -> pa.ChunkedArray:
    """Degrees as whole units from the south or the west."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.round(pc.multiply(pc.add(degrees, origin), UNIT)).cast(pa.int64())


def _counted(north: Any, east: Any, n: Any) -> pa.Table:
    """Each place once, as north, east and the sum of n."""
    import pyarrow as pa
    import pyarrow.compute as pc

    places = pa.table({"place": pc.add(pc.multiply(north, WIDE), east), "n": n})
    summed = places.group_by("place").aggregate([("n", "sum")])
    north = pc.divide(summed["place"], WIDE)
    return pa.table(
        {"north": north, "east": pc.subtract(summed["place"], pc.multiply(north, WIDE)), "n": summed["n_sum"]}
    )


def _joined(counts: pa.Table, grid: int) -> pa.Table:
    """The numbers of failures in each square of that side; a square stands at its middle."""
    import pyarrow.compute as pc

    if not grid:
        return counts
    # the middle of a smaller square is well inside a larger one, so joining step by step moves nothing next door
    north, east = (pc.add(pc.multiply(pc.divide(counts[c], grid), grid), grid // 2) for c in ("north", "east"))
    return _counted(north, east, counts["n"])
