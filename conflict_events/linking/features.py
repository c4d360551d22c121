"""The weights: what each agreement or difference of two events is worth. This file is the whole model.

A level is worth log2(m / u) bits: how much more often pairs that are the same event show it (m) than other pairs
within the windows do (u), after Fellegi and Sunter (1969). The bits were set by judgement, for the default windows,
not estimated: there is no labelled set of pairs that we may use. `score` is 1 / (1 + 2^-bits) of the sum with
the prior. It ranks pairs and makes the cut; it is NOT a calibrated probability. Each feature counts its first
level that is true; where none is, the feature says nothing and counts 0. Bits have one decimal and are added as
whole tenths, so sums are exact and do not depend on the order.

Columns that a level's SQL may use: gap (days between the two spans, 0 where they meet), span (days of the longer); km
(null where an event has no point of use), room (km that the two precisions leave), same_spot, like_spot (the place
names are equal; their consonants are); kind (position in kinds.LEVELS); x, y (likeness 0 to 1 of the sides, each with
the other event's side that it goes with; null where one is not named), full (an event names both sides and the other
at least one); best_a, best_b, low_a, ... (deaths).
"""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.linking import kinds

VERSION = "link/1.1"
"""Stands in `links.method`; it changes with the weights and the windows' meaning."""

PRIOR = -5.0
"""Bits of a pair of which nothing is known but that it lies within the windows."""

AGREE, ALIKE = 0.7, 0.4
"""Likeness of two names from which they count as one side's, and as possibly one side's."""


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: when it holds (SQL), and what it is worth."""

    name: str
    bits: float
    when: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One comparison: its levels, first true first, and the SQL of the words that tell what was compared."""

    name: str
    levels: tuple[Level, ...]
    told: str


TIME = Feature(
    "time",
    (
        Level("same day", 2.4, "gap = 0 AND span = 1"),
        Level("within a week", 1.4, "gap = 0 AND span <= 7"),
        Level("within a month", -1.6, "gap = 0 AND span <= 31"),
        Level("within a longer time", -2.5, "gap = 0"),
        Level("a day apart", -0.9, "gap = 1"),
        Level("few days apart", -2.5, "gap <= 3"),
        Level("days apart", -4.0, "true"),
    ),
    "CASE WHEN gap > 1 THEN gap || ' days apart' WHEN gap = 1 THEN 'a day apart' WHEN span = 1 THEN 'same day' "
    "ELSE 'dates meet within ' || span || ' days' END",
)

PLACE = Feature(
    "place",
    (
        Level("same name, no point", 1.0, "km IS NULL AND same_spot"),
        Level("name alike, no point", 0.0, "km IS NULL AND like_spot"),
        Level("country only", -3.5, "km IS NULL"),
        Level("same place", 1.5, "(room = 0 AND km <= 3) OR (room <= 50 AND km <= 30 AND same_spot)"),
        Level("close", 0.0, "room = 0 AND km <= 10"),
        Level("within precision, near", -0.5, "km <= room + 10 AND room <= 50"),
        Level("within precision, district", -1.5, "km <= room + 10 AND room <= 100"),
        Level("within precision, province", -2.5, "km <= room + 10"),
        Level("apart", -3.0, "true"),
    ),
    "CASE WHEN km IS NULL AND same_spot THEN 'same name' WHEN km IS NULL AND like_spot THEN 'name alike' "
    "WHEN km IS NULL THEN 'known to the country only' ELSE format('{:.1f} km apart', km) || CASE "
    "WHEN room > 0 AND km <= room + 10 THEN format(', within precision ({:.0f} km)', room) "
    "WHEN room > 0 THEN format(', beyond precision ({:.0f} km)', room) ELSE '' END || "
    "CASE WHEN same_spot THEN ', same name' ELSE '' END END",
)

_KIND_BITS = {
    "same_subtype": 1.2,
    "same_type": 1.0,
    "same_violence_type": 0.7,
    "fits": 0.3,
    "related": -0.7,
    "other": -2.0,
    "opposed": -3.5,
}
KIND = Feature(
    "kind",
    tuple(
        Level(name.replace("_", " "), _KIND_BITS[name], f"kind = {number}")
        for number, name in enumerate(kinds.LEVELS, 1)
    ),
    "told_a || ' ~ ' || told_b",
)

SIDES = Feature(
    "sides",
    (
        Level("both agree", 4.0, f"x >= {AGREE} AND y >= {AGREE}"),
        Level("one agrees, the other is not named", 1.5, f"greatest(x, y) >= {AGREE} AND (x IS NULL OR y IS NULL)"),
        Level("one agrees, the other is alike", 2.0, f"greatest(x, y) >= {AGREE} AND least(x, y) >= {ALIKE}"),
        Level("one agrees, the other does not", -0.5, f"greatest(x, y) >= {AGREE}"),
        Level("alike", 0.5, f"greatest(x, y) >= {ALIKE}"),
        Level("differ", -3.0, '"full" AND greatest(x, y) IS NOT NULL'),
    ),
    "told_sides",
)

# least and greatest pass over nulls, so what compares two figures asks first whether there are two
_FIGURES = "best_a IS NOT NULL AND best_b IS NOT NULL"
DEATHS = Feature(
    "deaths",
    (
        Level("none", 0.2, "best_a = 0 AND best_b = 0"),
        Level("same, five or more", 2.5, "best_a = best_b AND best_a >= 5"),
        Level("same, few", 1.0, "best_a = best_b"),
        Level("ranges meet", 0.6, "low_a <= high_b AND low_b <= high_a"),
        Level(
            "near",
            0.6,
            f"{_FIGURES} AND least(best_a, best_b) > 0 AND greatest(best_a, best_b) <= 1.5 * least(best_a, best_b) + 1",
        ),
        Level("apart", -0.7, f"{_FIGURES} AND greatest(best_a, best_b) <= 3 * least(best_a, best_b)::BIGINT + 5"),
        Level("far apart", -2.0, _FIGURES),
    ),
    "deaths_a || ' vs ' || deaths_b",
)

FEATURES = (TIME, PLACE, KIND, SIDES, DEATHS)
SILENT = "not known"
"""What is told of a feature that says nothing."""


def tenths(bits: float) -> int:
    """Bits as whole tenths."""
    return round(bits * 10)
