"""Coordinates of places by name, within a country that the article supports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conflict_events.converters.articles.gazetteer.fold import fold

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A populated place of GeoNames; degrees on WGS 84."""

    geonames_id: str
    name: str
    country: str
    admin1: str | None
    latitude: float
    longitude: float
    population: int


def candidates(name: str, country: str) -> tuple[GazetteerPlace, ...]:
    """Places of that name in a country (ISO3), the most populous first; spelling variants count as the name."""
    return _country(country).get(fold(name), ())


def countries() -> tuple[str, ...]:
    """The countries that the gazetteer covers."""
    return tuple(_ranges())


@cache
def _data() -> bytes:
    return (_FOLDER / "places.tsv").read_bytes()


@cache
def _ranges() -> dict[str, tuple[int, int]]:
    """ISO3 -> the bytes of its lines: the file is sorted by country, so only what is asked for is parsed."""
    data, found, start = _data(), {}, 0
    while start < len(data):
        key = data[start : start + 3]
        last = data.rfind(b"\n" + key + b"\t")
        end = data.find(b"\n", last + 1 if last >= start else start) + 1
        found[key.decode()] = (start, end)
        start = end
    return found


@cache
def _admin1() -> dict[tuple[str, str], str]:
    lines = (_FOLDER / "admin1.tsv").read_text(encoding="utf-8").splitlines()
    return {(iso3, code): name for iso3, code, name in (line.split("\t") for line in lines)}


@cache
def divisions(level: int) -> tuple[tuple[str, str], ...]:
    """(ISO3, name) of every first-level (1) or second-level (2) division."""
    lines = (_FOLDER / f"admin{level}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple((fields[0], fields[-1]) for fields in (line.split("\t") for line in lines))


@cache
def _country(country: str) -> dict[str, tuple[GazetteerPlace, ...]]:
    """Folded name -> places, the larger first; a main name outweighs another place's alternative name tenfold."""
    if country not in _ranges():
        return {}
    start, end = _ranges()[country]
    ranked: dict[str, list[tuple[bool, GazetteerPlace]]] = {}
    for line in _data()[start:end].decode("utf-8").splitlines():
        iso3, number, name, latitude, longitude, population, code, others = line.split("\t")
        place = GazetteerPlace(
            number, name, iso3, _admin1().get((iso3, code)), float(latitude), float(longitude), int(population)
        )
        main = fold(name)
        ranked.setdefault(main, []).append((True, place))
        for other in filter(None, others.split("|")):
            if other != main:
                ranked.setdefault(other, []).append((False, place))
    return {
        key: tuple(
            place for _, place in sorted(pairs, key=lambda pair: -(pair[1].population + 1) * (10 if pair[0] else 1))
        )
        for key, pairs in ranked.items()
    }
