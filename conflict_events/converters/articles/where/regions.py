"""Regions by name: provinces, states, districts and historical regions, and the countries they lie in."""

from __future__ import annotations

from functools import lru_cache

from conflict_events.converters.articles import gazetteer
from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.knowledge import lexicon
from conflict_events.converters.articles.where.place_words import kinds


@lru_cache(maxsize=1)
def _regions(generation: int) -> dict[str, dict[str, int]]:  # noqa: ARG001
    """Folded name -> ISO3 -> level: 1 for a first-level division or a region of the press, 2 for a second-level one.

    generation: of the gazetteer; an import within this process begins another.
    """
    found: dict[str, dict[str, int]] = {}

    def put(name: str, country: str, level: int) -> None:
        found.setdefault(fold(name), {}).setdefault(country, level)

    for country, names in lexicon("regions")["regions"].items():
        for name in names:
            put(name, country, 1)
            put(_bare(name), country, 1)
    for level, rows in ((1, gazetteer.divisions(1)), (2, gazetteer.divisions(2))):
        for country, name in rows:
            put(name, country, level)
            put(_bare(name), country, level)
    return found


def _bare(name: str) -> str:
    listed = name.split()
    while len(listed) > 1 and kinds().get(listed[-1].lower()) in ("admin1", "admin2", "area", "district"):
        listed = listed[:-1]
    return " ".join(listed)


@lru_cache(maxsize=4096)
def only_region(name: str) -> bool:
    """Whether the name is that of a first-level region and of no town there: "Helmand", "Assam"; not "Homs"."""
    within = [country for country, level in countries_of(name).items() if level == 1]
    return bool(within) and not any(
        place.population >= _TOWN for country in within for place in gazetteer.candidates(name, country)[:1]
    )


_TOWN = 5_000


def countries_of(name: str) -> dict[str, int]:
    """ISO3 -> level of the regions of that name; empty where there is none."""
    known = _regions(gazetteer.generation())
    return known.get(fold(name)) or known.get(fold(_bare(name)), {})
