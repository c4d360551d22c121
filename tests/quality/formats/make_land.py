"""Make land.json from Natural Earth's 1:110m countries (public domain), as pyogrio ships them for its own tests.

python tests/quality/formats/make_land.py > conflict_events/quality/formats/html/land.json
"""

from __future__ import annotations

import itertools
import json
import sys
from importlib.resources import files

ABOUT = (
    "Outline of land. Made with Natural Earth (1:110m, public domain, naturalearthdata.com): its countries dissolved "
    "into land, snapped to 0.1 degree, rings under 0.3 square degrees dropped; made by "
    "tests/quality/formats/make_land.py. A ring is x, y, then steps dx, dy, ...: tenths of a degree, east and north "
    "positive."
)
SMALLEST = 0.3


def rings() -> list[list[int]]:
    """The rings of the land, outer and inner, in steps."""
    import geopandas
    import shapely

    countries = geopandas.read_file(
        str(files("pyogrio") / "tests/fixtures/naturalearth_lowres/naturalearth_lowres.shp")
    )
    land = shapely.union_all(shapely.set_precision(countries.geometry.values, 0.1), grid_size=0.1)
    lines = [ring for polygon in shapely.get_parts(land) for ring in (polygon.exterior, *polygon.interiors)]
    return [_steps(list(line.coords)[:-1]) for line in lines if shapely.Polygon(line).area >= SMALLEST]


def _steps(coordinates: list[tuple[float, ...]]) -> list[int]:
    tenths = [(round(x * 10), round(y * 10)) for x, y in coordinates]
    moves = ((c - a, d - b) for (a, b), (c, d) in itertools.pairwise(tenths))
    return [*tenths[0], *itertools.chain.from_iterable(moves)]


if __name__ == "__main__":
    text = ",\n".join(json.dumps(ring, separators=(",", ":")) for ring in rings())
    sys.stdout.write(f'{{"about": {json.dumps(ABOUT)},\n"rings": [\n{text}\n]}}\n')
