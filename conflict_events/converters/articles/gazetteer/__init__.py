"""Coordinates of places by name, within a country that the article supports.

The places are those that come with the package and, before them, those that the user imported (`imported.py`). Of a
place that both know, by its GeoNames id, the imported row counts, under the names that either gives it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from conflict_events.converters.articles.gazetteer import imported
from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.errors import UsageError

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
    own_id: str = ""

    @property
    def place_id(self) -> str:
        """The id in the places table: a curated place's own, else the one of GeoNames."""
        return self.own_id or f"geonames:{self.geonames_id}"


def candidates(name: str, country: str) -> tuple[GazetteerPlace, ...]:
    """Places of that name in a country (ISO3), the most populous first; spelling variants count as the name."""
    key = fold(name)
    own = user()
    if own is None or country not in own.countries:
        return tuple(place for _, place in _country(country).get(key, ()))
    return _merged(key, country)


@cache
def countries() -> tuple[str, ...]:
    """The countries that the gazetteer covers."""
    own = user()
    return tuple(sorted({*_ranges(), *(own.countries if own else ())}))


@cache
def divisions(level: int) -> tuple[tuple[str, str], ...]:
    """(ISO3, name) of every first-level (1) or second-level (2) division."""
    lines = (_FOLDER / f"admin{level}.tsv").read_text(encoding="utf-8").splitlines()
    shipped = tuple((fields[0], fields[-1]) for fields in (line.split("\t") for line in lines))
    return shipped + tuple((iso3, name) for iso3, at, _, name in _user_divisions() if at == level)


@cache
def user() -> imported.Imported | None:
    """The gazetteer that the user imported, opened once; UsageError where its file is damaged."""
    path = imported.file()
    return imported.Imported(path) if path else None


_generation = 0


def generation() -> int:
    """Another number after each `reload`: what was derived from the gazetteer before is of another one."""
    return _generation


def reload() -> None:
    """Let go of the imported gazetteer; the next question opens what lies there then."""
    global _generation
    _generation += 1
    try:
        own = user()
    except UsageError:
        own = None
    for cached in (user, countries, divisions, _user_divisions, _user_admin1, _merged):
        cached.cache_clear()
    if own is not None:
        own.close()


def shipped_ids(country: str) -> tuple[str, ...]:
    """The GeoNames ids of the places of a country (ISO3) that come with the package."""
    start, end = _ranges().get(country, (0, 0))
    return tuple(line.split("\t", 2)[1] for line in _data()[start:end].decode("utf-8").splitlines())


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
def _country(country: str) -> dict[str, tuple[tuple[bool, GazetteerPlace], ...]]:
    """Folded name -> whether it is the main name, and the place, the larger first: of what comes with the package."""
    if country not in _ranges():
        return {}
    start, end = _ranges()[country]
    found: dict[str, list[tuple[bool, GazetteerPlace]]] = {}
    for line in _data()[start:end].decode("utf-8").splitlines():
        iso3, number, name, latitude, longitude, population, code, others = line.split("\t")
        place = GazetteerPlace(
            number, name, iso3, _admin1().get((iso3, code)), float(latitude), float(longitude), int(population)
        )
        main = fold(name)
        found.setdefault(main, []).append((True, place))
        for other in filter(None, others.split("|")):
            if other != main:
                found.setdefault(other, []).append((False, place))
    return {key: tuple(sorted(pairs, key=_weight)) for key, pairs in found.items()}


def _weight(pair: tuple[bool, GazetteerPlace]) -> int:
    """Larger places sort first; a main name outweighs another place's alternative name tenfold."""
    main, place = pair
    return -(place.population + 1) * (10 if main else 1)


@lru_cache(maxsize=65536)
def _merged(key: str, country: str) -> tuple[GazetteerPlace, ...]:
    """The places of a folded name in a country that the user's gazetteer covers."""
    own = user()
    if own is None:
        raise AssertionError("asked only where there is one")
    found: dict[str, tuple[bool, GazetteerPlace]] = {}
    for main, place in _country(country).get(key, ()):
        row = own.place(country, place.geonames_id)
        # a name that only the package gives to a place of the user's is an alternative one
        found[place.geonames_id] = (main, place) if row is None else (False, _place(country, row))
    for main, row in own.named(country, key):
        found[row.geonames_id] = (main, _place(country, row))
    pairs = sorted(found.values(), key=lambda pair: int(pair[1].geonames_id))
    return tuple(place for _, place in sorted(pairs, key=_weight))


def _place(country: str, row: imported.Row) -> GazetteerPlace:
    # the package's names of divisions come first: they are spelled as the release spells them
    code = (country, row.admin1)
    admin1 = _admin1().get(code) or _user_admin1().get(code)
    return GazetteerPlace(row.geonames_id, row.name, country, admin1, row.latitude, row.longitude, row.population)


@cache
def _user_divisions() -> tuple[tuple[str, int, str, str], ...]:
    own = user()
    return tuple(own.divisions()) if own else ()


@cache
def _user_admin1() -> dict[tuple[str, str], str]:
    return {(iso3, code): name for iso3, level, code, name in _user_divisions() if level == 1}
