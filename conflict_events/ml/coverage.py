"""Where and when a dataset looked: what tells a month without events from a month that nobody read.

A dataset's events do not say where it looked. A source says it, or its codebook does; here it is data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Coverage:
    """Months from `first` to `last` (their days do not matter) in which events of a place were looked for.

    country: ISO 3166-1 alpha-3, or None for the world. admin1: a first division of it, or None for the whole country.
    """

    first: date
    last: date
    country: str | None = None
    admin1: str | None = None


UCDP_GED = (Coverage(date(1989, 1, 1), date(9999, 12, 31)),)
"""UCDP GED covers the world from 1989 (GED Codebook 24.1); give the last month of your release as the panel's end.

Syria is in it from version 17.2 on, in the world's files alone.
"""

_FIRST, _LAST = date(2016, 11, 1), date(2017, 12, 31)
_GOVERNORATES = {
    "IRQ": ("Nineveh", "Kirkuk", "Salah ad Din", "Al Anbar"),
    "SYR": ("Ar-Raqqah", "Deir ez-Zor", "Al-Hasakah", "Homs", "As-Suwayda", "Rif Dimashq", "Hama", "Aleppo"),
}


def shipped() -> Sequence[Coverage]:
    """What the shipped release looked at (coding manual, "Scope"): the campaign against ISIS in twelve governorates.

    From November 2016: October was read from the 17th only. Of Homs, Rif Dimashq, Hama and Aleppo the east alone was
    looked at, and everywhere only what ISIS was a party to: a month without events there is a month of no such event
    found.
    """
    return [Coverage(_FIRST, _LAST, country, admin1) for country, names in _GOVERNORATES.items() for admin1 in names]
