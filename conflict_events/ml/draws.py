"""Deaths drawn between their low and high figures, so that a model learns from what is known and not from one guess."""

from __future__ import annotations

import numpy as np

from conflict_events.ml.groups import Array


def triangular(low: Array, best: Array, high: Array, unit: Array) -> Array:
    """Whole numbers between low and high, most likely near best, float32 of the shape of `best`.

    The triangular distribution of that least, most likely and greatest value, by the inverse of its distribution
    function, rounded to whole numbers. unit: numbers from 0 to 1, one a draw. A bound that is not given (NaN) is no
    licence to invent one: on that side nothing is drawn beyond best. Where low <= best <= high does not hold, best
    stays.
    """
    low = np.where(np.isnan(low), best, low).astype(np.float64)
    high = np.where(np.isnan(high), best, high).astype(np.float64)
    wide = (low <= best) & (best <= high) & (low < high)
    span = np.where(wide, high - low, 1.0)
    left, right = (best - low) / span, (high - best) / span
    with np.errstate(invalid="ignore"):
        below = low + span * np.sqrt(unit * left)
        above = high - span * np.sqrt((1 - unit) * right)
    drawn = np.clip(np.rint(np.where(unit < left, below, above)), low, high)
    return np.where(wide, drawn, best).astype(np.float32)


def uniform(row: Array, seed: int, epoch: int) -> Array:
    """A number from 0 to 1 for each row, float64, that follows from the row, the seed and the epoch alone: whichever
    process draws it. SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, Fast Splittable Pseudorandom Number Generators,
    OOPSLA 2014)."""
    with np.errstate(over="ignore"):
        mixed = row.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed += np.uint64(np.random.SeedSequence([seed, epoch]).generate_state(1, np.uint64)[0])
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return np.asarray((mixed >> np.uint64(11)) * 2.0**-53)
