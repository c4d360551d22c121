"""The data that the rules look up: curated actors and publishers, and the lexicon files. Each is read once."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from conflict_events.converters.articles.model import Actor
from conflict_events.errors import UsageError
from conflict_events.resources import records

LEXICON = Path(__file__).parent / "lexicon"


FOLDER = "CONFLICT_EVENTS_LEXICON"
"""The environment variable that names a folder of one's own words, read when the first article is."""


def use(folder: Path) -> None:
    """Add the words of a folder to the lexicon; call it before the first article is read.

    The folder holds files of the lexicon's own names, each with what it adds: lists are lengthened, tables joined.
    UsageError where it is no such folder or a file in it cannot be read as one.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of a lexicon")
    os.environ[FOLDER] = str(folder)
    for path in sorted(folder.glob("*.toml")):
        own(path.stem)


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The parsed file `lexicon/NAME.toml`, and what the user's folder adds to it."""
    found = tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8"))
    return _joined(found, own(name), name)


def own(name: str) -> dict[str, Any]:
    """What the user's folder, if there is one, has under that name."""
    folder = os.environ.get(FOLDER)
    path = Path(folder) / f"{name}.toml" if folder else None
    if path is None or not path.is_file():
        return {}
    if not (LEXICON / path.name).is_file():
        known = ", ".join(sorted(p.name for p in LEXICON.glob("*.toml")))
        raise UsageError(f"{path}: the lexicon has no file of that name; it has {known}")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None


def _joined(base: dict[str, Any], more: dict[str, Any], where: str) -> dict[str, Any]:
    out = dict(base)
    for key, value in more.items():
        old = out.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            out[key] = _joined(old, value, f"{where}.{key}")
        elif isinstance(old, list) and isinstance(value, list):
            out[key] = [*old, *value]
        elif old is None and where in _OPEN:
            out[key] = value
        else:
            raise UsageError(f"{where}.toml of your lexicon: '{key}' is not a list or table that the lexicon has")
    return out


_OPEN = frozenset({"countries.countries", "regions.regions", "outlets", "groups.coalitions"})  # tables of free keys


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The words of one list in a lexicon file."""
    return frozenset(lexicon(name)[key])


@cache
def curated(table: str) -> dict[str, dict[str, Any]]:
    """The rows of `data/records/TABLE.toml` by their id."""
    rows = tomllib.loads((records() / f"{table}.toml").read_text(encoding="utf-8"))[table]
    return {row[f"{table[:-1]}_id"]: row for row in rows}


@cache
def known_places() -> dict[str, dict[str, Any]]:
    """The dataset's places, then those of `lexicon/known_places.toml`, by their id.

    Of the dataset's, those that GeoNames has too: the others are villages and sites whose names are words elsewhere.
    """
    telling = {key: row for key, row in curated("places").items() if "geonames_id" in row}
    return telling | {row["place_id"]: row for row in lexicon("known_places")["places"]}


def _of_a_state(row: dict[str, Any]) -> bool:
    return any(one["affiliation"].startswith("Government of ") for one in row.get("affiliations", ()))


@cache
def known_actors() -> dict[str, dict[str, Any]]:
    """The dataset's actors, then those of `lexicon/actors.toml`, by their id.

    A unit of a state's forces is told by the whole that it belongs to: an event's side is the army, not its division.
    """
    rows = curated("actors")
    state = {row["name"] for row in rows.values() if row["actor_type"] == "state_forces" or _of_a_state(row)}
    wholes = {
        key: row for key, row in rows.items() if not {one["affiliation"] for one in row.get("affiliations", ())} & state
    }
    return wholes | {row["actor_id"]: row for row in lexicon("actors")["actors"]}


@cache
def country_names() -> dict[str, str]:
    """ISO3 -> English name."""
    return {iso3: names[0] for iso3, names in lexicon("countries")["countries"].items()}


@cache
def adjectives() -> dict[str, str]:
    """Words of a country that are no place name ("Syrian", "iraqi") -> ISO3."""
    return {names[1].lower(): iso3 for iso3, names in lexicon("countries")["countries"].items()} | {
        "syrians": "SYR",
        "afghans": "AFG",
        "iraqis": "IRQ",
        "palestinians": "PSE",
        "yemenis": "YEM",
        "philippine": "PHL",
        "azeri": "AZE",
        "saudi": "SAU",
        "american": "USA",
        "filipino": "PHL",
        "burkinabé": "BFA",
        "burmese": "MMR",
        "nepali": "NPL",
    }


def with_article(country: str) -> str:
    """The country's English name as it stands after "of": "the United States"."""
    name = country_names().get(country, country)
    return f"the {name}" if name.startswith(("United", "Netherlands", "Philippines", "Central", "Democratic")) else name


@cache
def state_actor(country: str, body: str = "") -> Actor:
    """The forces of a country: the known actor, or one named after the country; `body` names one that is told apart."""
    if not body:
        for row in known_actors().values():
            if row.get("country") == country and row["actor_type"] == "state_forces":
                return Actor(row["actor_id"], row["name"], "state_forces", country)
    names = lexicon("countries")["countries"].get(country, [country, country])
    name = f"{names[1]} {body or 'armed forces'}"
    return Actor(slug(name), name, "state_forces", country)


def coalition(country: str | None) -> Actor | None:
    """Which coalition "the coalition" is where the text is about a country; see lexicon/groups.toml."""
    row = known_actors().get(lexicon("groups")["coalitions"].get(country or "", ""))
    return Actor(row["actor_id"], row["name"], row["actor_type"], row.get("country")) if row else None


@cache
def government(country: str) -> Actor:
    """A country that acts: "Turkey began a military offensive"."""
    name = with_article(country)
    return Actor(f"government-of-{slug(country_names()[country])}", f"Government of {name}", "state_forces", country)


def actor_type(actor: Actor, day: date | None, where: str | None) -> str:
    """The actor's type on a day and in a country (ISO3).

    A group affiliated with a government is a state force for that time; a state's force abroad is external.
    """
    kind = actor.actor_type
    row = known_actors().get(actor.actor_id or "", {})
    for link in row.get("affiliations", ()):
        first, last = link.get("from"), link.get("to")
        begun = day is not None and (first is None or first <= day)
        if link["affiliation"].startswith("Government of ") and begun and (last is None or day is None or day <= last):
            kind = "state_forces"
    if kind == "state_forces" and where and actor.country and actor.country != where:
        return "external_forces"
    return kind


def slug(name: str) -> str:
    """Lower case, words joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
