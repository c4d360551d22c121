"""Whether an extracted event is a coded one: kind, place, date and sides, each by a stated tolerance."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from conflict_events.evaluation.gold import Event

_ALIKE = 0.75  # least similarity of two spellings of one place
_LONGEST = 31  # days: a span beyond it dates nothing
_DAY_SPAN = 3  # days that a date may span and still agree with a day


@dataclass(frozen=True, slots=True)
class Pair:
    """A coded event and an extracted one that may be it: how good the match, and each slot right, wrong or None."""

    score: float
    dated: bool  # kind, place and day right
    strict: bool  # and a side
    slots: dict[str, bool | None]


def compare(gold: Event, event: Event) -> Pair | None:
    """None where the two cannot be the same event even leniently: another kind, or another place."""
    kind = kind_match(gold, event)
    place = place_match(gold.get("place"), event.get("place_name"))
    parent = place_match(gold.get("place_parent"), event.get("place_name"))
    nowhere = not gold.get("place")
    if not kind or not (place or parent or (nowhere and not event.get("place_name"))):
        return None
    dated = date_match(gold, event)
    a, b = (gold.get(side) for side in ("side_a", "side_b"))
    right_a, right_b = side_match(a, event.get("side_a")), side_match(b, event.get("side_b"))
    sided = right_a or right_b or not (a or b)
    whole = kind == 1 and (bool(place) or nowhere) and dated is not False
    return Pair(
        score=2 * kind + 2 * (place or 0.5 * parent or 0.5) + (dated is not False) + right_a + right_b,
        dated=whole,
        strict=whole and sided,
        slots={
            "kind": kind == 1,
            "place": bool(place) if gold.get("place") else None,
            "country": event.get("country") == gold["country"] if gold.get("country") else None,
            "date": dated,
            "date_invented": bool(event.get("date_start")) if not gold.get("date") else None,
            "side_a": right_a if a else None,
            "side_b": right_b if b else None,
            "sides_swapped": side_match(a, event.get("side_b")) if a and b else None,
            "territory_to": side_match(gold["territory_changed_to"], event.get("territory_to"))
            if gold.get("territory_changed_to")
            else None,
            "deaths_best": event.get("deaths_best") == gold["deaths_best"]
            if gold.get("deaths_best") is not None
            else None,
            "deaths_invented": event.get("deaths_best") is not None
            if gold.get("deaths_best") is None and not gold.get("shared_deaths")
            else None,
        },
    )


def kind_match(gold: Event, event: Event) -> float:
    """1 for the coded kind or an alternative to it, 0.5 for a near one, else 0."""
    kind = _kinds().get(str(event.get("event_subtype")), "other")
    if kind == gold["event_type"] or kind in (gold.get("type_alt") or ()):
        return 1.0
    return 0.5 if any({kind, gold["event_type"]} <= near for near in _near()) else 0.0


def place_match(first: str | None, second: str | None) -> float:
    """1 where the names have the same telling words, or one has all of the other's; else how alike they are spelt."""
    one, two = (_telling(name, "places") or _words(name) for name in (first, second))
    if not one or not two:
        return 0.0
    if set(one) <= set(two) or set(two) <= set(one):
        return 1.0
    alike = SequenceMatcher(None, " ".join(one), " ".join(two)).ratio()
    return alike if alike >= _ALIKE else 0.0


def side_match(first: str | None, second: str | None) -> bool:
    """Whether two names of a side share a telling word or an alias."""
    return bool(_side_keys(first) & _side_keys(second))


def date_match(gold: Event, event: Event) -> bool | None:
    """Whether the spans overlap, a coded day with a day of slack; None where none is coded."""
    coded = _interval(gold.get("date"))
    if coded is None:
        return None
    start = event.get("date_start")
    found = _interval(f"{str(start)[:10]}/{str(event.get('date_end') or start)[:10]}") if start else None
    if found is None or (found[1] - found[0]).days > _LONGEST:
        return False
    slack = timedelta(0)
    if gold.get("date_precision") == "day":
        slack = timedelta(days=1)
        if (found[1] - found[0]).days > max(_DAY_SPAN, (coded[1] - coded[0]).days):
            return False
    return found[0] <= coded[1] + slack and coded[0] - slack <= found[1]


def _interval(text: str | None) -> tuple[date, date] | None:
    if not text:
        return None
    first, _, last = text.partition("/")
    try:
        return date.fromisoformat(first[:10]), date.fromisoformat((last or first)[:10])
    except ValueError:
        return None


def _words(text: str | None) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", bare.lower().replace("'", "").replace("’", ""))


def _telling(text: str | None, table: str) -> list[str]:
    return [word for word in _words(text) if word not in _filler(table)]


def _side_keys(name: str | None) -> set[str]:
    text = " ".join(_words(name))
    keys = {word for word in _telling(name, "sides") if len(word) > 1}
    keys |= {f"#{number}" for number, pattern in enumerate(_aliases()) if pattern.search(text)}
    return keys or set(_words(name))


@cache
def _equivalences() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "equivalences.toml").read_text(encoding="utf-8"))


@cache
def _kinds() -> dict[str, str]:
    return {subtype: kind for kind, listed in _equivalences()["kinds"].items() for subtype in listed}


@cache
def _near() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(listed) for listed in _equivalences()["near"]["sets"])


@cache
def _filler(table: str) -> frozenset[str]:
    return frozenset(_equivalences()[table]["filler"])


@cache
def _aliases() -> tuple[re.Pattern[str], ...]:
    groups = _equivalences()["sides"]["aliases"]
    return tuple(
        re.compile(r"\b(?:" + "|".join(re.escape(alias.replace("-", " ")) for alias in group) + r")\b")
        for group in groups
    )
