"""Pictures of events, one line each: over time, on a map, and by who fought whom. They need the extra `plot`.

Each takes a `source` as `connect` does and returns Matplotlib's Axes: `ce.plot.map().figure.savefig("map.png")`.
"""

from __future__ import annotations

from conflict_events.plot.maps import map
from conflict_events.plot.pairs import sides
from conflict_events.plot.timelines import timeline

__all__ = ["map", "sides", "timeline"]
