"""How far apart two events may lie and still be compared. What lies outside these windows is never a link."""

from __future__ import annotations

import math
from dataclasses import dataclass

from conflict_events.errors import UsageError

EARTH_KM = 6371.0088
"""Mean radius of the Earth by IUGG, as in the macros."""

REACH_KM: dict[int | None, float] = {1: 0, 2: 25, 3: 50, 4: 100, 7: 100, None: 25}
"""How far the true place may lie from the point, by where_precision; None: a point whose precision is not known.

25 km for precision 2 is UCDP's own definition; the others are round figures of ours. Precision 5 and 6 have none:
a point that stands for a country, or for a large part of one, says no more than the country.
"""


@dataclass(frozen=True, slots=True)
class Windows:
    """Which pairs are compared.

    km, days: the room beyond what the precision already leaves: two points may lie `km` plus both their reaches
    apart, two spans may leave a gap of `days`. longest: events whose dates span more days are left out, since they
    would meet everything. within: compare events of one origin too. claims: let claims in. across_levels: compare
    aggregates with incidents. max_block, max_name_block: most pairs that one block of space and time, or of a name
    and time, may make; larger blocks are left out and counted.

    Raises UsageError for a window that is no window.
    """

    km: float = 10.0
    days: int = 2
    longest: int = 31
    within: bool = False
    claims: bool = False
    across_levels: bool = False
    max_block: int = 1_000_000
    max_name_block: int = 10_000

    def __post_init__(self) -> None:
        if not (math.isfinite(self.km) and 0 <= self.km <= 1000):
            raise UsageError(f"km is {self.km}: give a distance from 0 to 1000")
        if not 0 <= self.days <= 366:
            raise UsageError(f"days is {self.days}: give a number of days from 0 to 366")
        if not 1 <= self.longest <= 3660:
            raise UsageError(f"longest is {self.longest}: give a number of days from 1 to 3660")
