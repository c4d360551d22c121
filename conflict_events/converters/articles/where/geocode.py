"""Where a named place lies: only in a country that the article supports, else nowhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from conflict_events.converters.articles import gazetteer
from conflict_events.converters.articles.gazetteer.fold import fold
from conflict_events.converters.articles.knowledge import adjectives, known_places
from conflict_events.converters.articles.model import Mention, Spot, Tokens
from conflict_events.converters.articles.where.place_words import kinds
from conflict_events.converters.articles.where.sphere import bearing, destination, distance_km
from conflict_events.converters.articles.who.forces import countries as country_phrases

_NEAR = frozenset({"near", "around", "outside", "off", "towards", "toward", "opposite"})
_FAR_KM = 300.0  # a namesake farther than this from the paragraph's known place is another place
_CITY_KM = 60.0  # a quarter or village lies near the town that it is told with


@dataclass(frozen=True, slots=True)
class Location:
    """Columns of an event that say where; degrees on WGS 84, precision by UCDP's scale."""

    place_name: str | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: int | None = None
    description: str | None = None
    place: gazetteer.GazetteerPlace | None = None
    computed: bool = False


def supported(tokens: Tokens, mentions: list[Mention]) -> Counter[str]:
    """Countries that a sentence names or describes, weighted; an actor's home counts least."""
    found: Counter[str] = Counter()
    for start, end, values in country_phrases().all(tokens.lows):
        iso3, name = values[0]
        if any(c.isupper() for word in tokens.words[start:end] for c in word):
            found[iso3] += 2 if name.lower() in adjectives() else 3
    for low in tokens.lows:
        if "-" in low:
            for part in low.split("-"):
                if part in adjectives():
                    found[adjectives()[part]] += 1
    for mention in mentions:
        if mention.actor.country and not (mention.actor.actor_id or "").startswith("government-of-"):
            found[mention.actor.country] += 1
    return found


def lookup(
    name: str, ranked: list[str], near: tuple[float, float] | None, reach: float
) -> gazetteer.GazetteerPlace | None:
    """The place of that name in the first country that has one; of namesakes the one near `near`, else the largest."""
    for country in ranked:
        found = _curated().get((country, fold(name)), ()) or gazetteer.candidates(name, country)
        if near is not None:
            found = tuple(p for p in found if distance_km(*near, p.latitude, p.longitude) <= reach)
        if found:
            return found[0]
    return None


def bare(spot: Spot) -> str:
    """The name without direction and kind: "eastern Sweida countryside" -> "Sweida"."""
    listed = spot.name.split()
    while len(listed) > 1 and (listed[-1].lower() in kinds()):
        listed = listed[:-1]
    if spot.direction and len(listed) > 1 and listed[0].lower() == spot.direction:
        listed = listed[1:]
    return " ".join(listed)


def known(spot: Spot, ranked: list[str]) -> bool:
    """Whether the gazetteer has a populated place of that name in a supported country."""
    return lookup(bare(spot), ranked, None, 0.0) is not None


@cache
def _curated() -> dict[tuple[str, str], tuple[gazetteer.GazetteerPlace, ...]]:
    """Places of `data/records/places.toml` by country and folded name or alias."""
    found: dict[tuple[str, str], tuple[gazetteer.GazetteerPlace, ...]] = {}
    for row in known_places().values():
        place = gazetteer.GazetteerPlace(
            row.get("geonames_id", ""),
            row["name"],
            row["country"],
            row.get("admin1"),
            row["latitude"],
            row["longitude"],
            50_000,
            row["place_id"],
        )
        for name in (row["name"], *row.get("aliases", ())):
            found[(row["country"], fold(name))] = (place,)
    return found


def locate(spot: Spot | None, ranked: list[str], near: tuple[float, float] | None, context: str | None) -> Location:
    """The columns for an event at `spot`; `context` is the country that the text around it speaks of."""
    if spot is None:
        return Location(country=context, precision=6 if context else None)
    if spot.kind == "country":
        part = bool(spot.direction)
        return Location(spot.name, spot.country, precision=5 if part else 6)
    parent = lookup(spot.parent, ranked, near, _FAR_KM) if spot.parent else None
    inside = spot.kind in ("district", "village", "site") and parent is not None
    point = (parent.latitude, parent.longitude) if inside and parent else near
    found = lookup(bare(spot), ranked, point, _CITY_KM if inside else _FAR_KM)
    if found is None and near is not None and not spot.parent and spot.kind not in ("district", "village", "site"):
        found = lookup(bare(spot), ranked[:1], None, 0.0) if _well_known(bare(spot), ranked[:1]) else None
    if found is None:
        country = parent.country if parent else context
        return Location(
            spot.name, country, parent.admin1 if parent else None, precision=4 if spot.kind == "admin1" else None
        )
    if spot.kind in ("area", "admin1") and (spot.kind == "admin1" or "countryside" in spot.name or spot.direction):
        return Location(spot.name, found.country, found.admin1, precision=4)
    if spot.kind in ("district", "village") and fold(bare(spot)) == fold(spot.parent or ""):
        return Location(spot.name, found.country, found.admin1)
    degrees = bearing(spot.direction) if spot.distance_km is not None else None
    if degrees is not None and spot.distance_km is not None:
        latitude, longitude = destination(found.latitude, found.longitude, degrees, spot.distance_km)
        text = f"about {spot.distance_km:.0f} km {spot.direction}"
        return Location(spot.name, found.country, None, round(latitude, 5), round(longitude, 5), 2, text, found, True)
    close = spot.preposition in _NEAR or spot.kind in ("site", "area") or bool(spot.direction)
    description = "near" if spot.preposition == "near" else f"{spot.direction} of it" if spot.direction else None
    return Location(
        spot.name, found.country, found.admin1, found.latitude, found.longitude, 2 if close else 1, description, found
    )


def _well_known(name: str, ranked: list[str]) -> bool:
    return any(place.population >= 50_000 for country in ranked for place in gazetteer.candidates(name, country)[:1])


def place_row(place: gazetteer.GazetteerPlace) -> dict[str, object]:
    """The row of the places table: the curated one, or one from the gazetteer."""
    identifier = place.place_id
    known_row = known_places().get(identifier)
    if known_row:
        return dict(known_row)
    kind = "city" if place.population >= 100_000 else "town" if place.population >= 10_000 else "village"
    return {
        "place_id": identifier,
        "name": place.name,
        "kind": kind,
        "country": place.country,
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "where_precision": 1,
        "coordinate_source": "GeoNames",
        "geonames_id": place.geonames_id,
    }
