"""Places in a sentence: names by their form and surroundings. Where they lie is `geocode`'s concern."""

from __future__ import annotations

import re
from functools import cache

from conflict_events.converters.articles.knowledge import adjectives, words
from conflict_events.converters.articles.model import Mention, Spot, Tokens
from conflict_events.converters.articles.where.place_lists import LIST, related
from conflict_events.converters.articles.where.place_words import PART, kind_word, kinds, left_adjective, leftwards
from conflict_events.converters.articles.where.regions import countries_of
from conflict_events.converters.articles.who.forces import countries

_ARM = re.compile(r"(?:\w{1,2}|\w+-)\d")


def find(
    tokens: Tokens, taken: list[Mention], dates: list[tuple[int, int]], common: frozenset[str] = frozenset()
) -> list[Spot]:
    """Every capitalised name that may be a place, from left to right, countries included.

    `common` are words that the text writes in lower case elsewhere: at the head of a sentence they are no names.
    """
    blocked = bytearray(len(tokens.words) + 1)
    for mention in taken:
        if not (mention.actor.actor_id or "").startswith("government-of-"):
            blocked[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for start, end in dates:
        blocked[start:end] = b"\1" * (end - start)
    found: list[Spot] = []
    index = 0
    while index < len(tokens.words):
        if blocked[index] or (tokens.words[index] == tokens.lows[index] and not tokens.words[index].isdigit()):
            index += 1
            continue
        if index == 0 and tokens.lows[0] in common:
            index = 1
            continue
        if (
            index > 1
            and tokens.words[index - 1] == "("
            and tokens.words[index - 2][:1].isupper()
            and not _enclosed(tokens, index)
        ):
            index += 1  # "Burkan al-Ghadab (Volcano of Rage)": what a name means
            continue
        spot = _at(tokens, index, blocked)
        if spot is None:
            index += 1
            continue
        if not spot.preposition and not spot.kind and (_speaks(tokens, spot.end) or _person(tokens, spot)):
            index = spot.end
            continue
        found.append(spot)
        index = max(spot.end, index + 1)
    return related(tokens, found)


def _enclosed(tokens: Tokens, index: int) -> bool:
    """Whether what the parentheses hold is one name with no more words than capitals: "(Idlib)", "(Deir Ezzor)"."""
    closing = next((k for k in range(index, min(index + 6, len(tokens.words))) if tokens.words[k] == ")"), None)
    return closing is not None and all(word[:1].isupper() for word in tokens.words[index:closing])


def _speaks(tokens: Tokens, end: int) -> bool:
    """Whether the name is who says something: "what Nairobi described as", "told Nile Wire"."""
    while end < len(tokens.lows) and tokens.lows[end] in words("grammar", "have"):
        end += 1
    return end < len(tokens.lows) and tokens.lows[end] in words("attribution", "verbs")


def _person(tokens: Tokens, spot: Spot) -> bool:
    """Whether the name is a person's or a part of a body's.

    "Said A B, the owner of …", "A B (age 56)", "A B, 24, was hit"; "the Coordination of Humanitarian Affairs".
    """
    lows = tokens.lows
    after = lows[spot.end : spot.end + 4]
    if after[:1] in (["("], [","]) and len(after) > 2 and (after[1] in ("age", "aged") or after[1].isdigit()):
        return after[2] in (")", ",") or after[1] in ("age", "aged")
    before = tokens.words[spot.start - 2][:1] if spot.start > 1 and lows[spot.start - 1] == "of" else ""
    if before.isupper() and lows[spot.start - 2] not in kinds() and spot.kind == "":
        return True  # "the Coordination of Humanitarian Affairs"
    ahead = lows[max(0, spot.start - 2) : spot.start]
    if ahead and (
        ahead[-1] in words("places", "titles") or ahead in (["loyal", "to"], ["led", "by"], ["leader", "of"])
    ):
        return True
    told = spot.start > 0 and lows[spot.start - 1] in words("attribution", "verbs")
    return told and after[:1] in ([","], ["."], [";"], [])


def _is_name(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    low = tokens.lows[index]
    if word == low or low in words("places", "never"):
        return False
    if any(c.isdigit() for c in low) and not low.isdigit() and _ARM.match(low):
        return False  # "S-300", "Badr-1", "M16s"
    if low in kinds() or (index == 0 and (low in words("grammar", "prepositions") or low.endswith("ly"))):
        return False
    if low in words("grammar", "determiners") or low in words("grammar", "subordinators"):
        return False
    if tokens.lows[index] in adjectives() or (word.isupper() and len(word) > 1 and not shouting(tokens)):
        return False
    return not word.lower().endswith(("-backed", "-led", "-held", "-controlled", "-based", "-linked"))


def shouting(tokens: Tokens) -> bool:
    """Whether a sentence is in capitals: a heading."""
    letters = [word for word in tokens.words if word.isalpha()]
    return len(letters) > 3 and all(word.isupper() for word in letters)


def _at(tokens: Tokens, index: int, blocked: bytearray) -> Spot | None:
    country = _country(tokens, index)
    if country is not None:
        return country
    if _possessive(tokens, index):
        return None
    start, lows = index, tokens.lows
    named = lows[index] in words("places", "compass") and index + 1 < len(lows) and _is_name(tokens, index + 1)
    region = named and bool(countries_of(" ".join(tokens.words[index : index + 2])))  # "West Darfur", "North Kivu"
    if region or (named and index and lows[index + 2 : index + 3] != ["of"]):  # "in East Nile"
        last = index + 2 + (index + 2 < len(lows) and kinds().get(lows[index + 2]) == "admin1")
        return _described(tokens, index, last, "admin1" if region else "")
    numbered = lows[index].isdigit() and index + 1 < len(lows) and _is_name(tokens, index + 1)
    if not numbered and not _is_name(tokens, index):
        return None
    end = index + 1
    connectors = words("places", "connectors")
    while end < len(lows) and not blocked[end] and end - start < 6:
        if lows[end] == "and" and end + 1 < len(lows) and _is_name(tokens, end + 1) and _double(tokens, start, end):
            end += 2
            continue
        joined = lows[end] in connectors and end + 1 < len(lows) and _is_name(tokens, end + 1) and not blocked[end + 1]
        if not (joined or _is_name(tokens, end)) or _country(tokens, end) is not None:
            break
        if lows[end] in ("north", "south", "east", "west"):
            break
        end += 1
    if end > start + 1 or kind_word(tokens, end) or _quarters(tokens, end):
        last = end + 1 if kind_word(tokens, end) or _quarters(tokens, end) else end
        settlement = lows[last - 1] in ("town", "city", "village", "port") or kind_word(tokens, last)
        settlement = settlement or (last == end + 1 and lows[end].endswith("s"))
        if settlement and last + 1 < len(lows) and "of" in lows[last : last + 2] and kinds().get(lows[last - 1]):
            after = lows.index("of", last) + 1
            plain = all(left_adjective(low) or low in kinds() for low in lows[start:last])
            several = lows[last - 1].endswith("s") or lows[last - 1] in ("town", "city", "port")
            plain = plain or (several and lows[last : last + 1] == ["of"])
            if plain and after < len(lows) and _is_name(tokens, after):
                return None  # "the northern market town of X" is about X
    if end < len(lows) and lows[end] in words("places", "bodies"):
        return None  # "the Interior Ministry"
    if numbered and not (end < len(lows) and lows[end] in kinds()):
        return None
    kind = kinds().get(lows[end - 1], "") if end - start > 1 else ""
    if not kind and end < len(lows) and not blocked[end]:
        while end < len(lows) and lows[end] in kinds():
            kind, end = kinds()[lows[end]], end + 1
    if not kind and _lower_tail(tokens, start, end):
        end += 1
    if start and lows[start - 1] in ("a", "an") and end - start == 2 and lows[end - 1] in kinds():
        return None  # "a Meitei village": whose village, not its name
    return _described(tokens, start, end, kind)


def _quarters(tokens: Tokens, index: int) -> bool:
    """Whether a plural word for places stands at `index`: "neighbourhoods", "districts"."""
    return index < len(tokens.lows) and tokens.lows[index].endswith("s") and tokens.lows[index] in kinds()


def _double(tokens: Tokens, start: int, end: int) -> bool:
    """ "Sistan and Baluchestan": one region with two names."""
    return bool(countries_of(" ".join(tokens.words[start : end + 2])))


def _lower_tail(tokens: Tokens, start: int, end: int) -> bool:
    """A list item whose second word lost its capital: ", Tal sheik, "."""
    lows = tokens.lows
    if start == 0 or end + 1 >= len(lows) or lows[start - 1] not in (",", "and") or lows[end + 1] not in (",", "and"):
        return False
    low = lows[end]
    closed = any(low in words("grammar", key) for key in ("prepositions", "be", "have", "modals", "determiners"))
    return low.isalpha() and len(low) > 2 and not closed and not low.endswith(("ed", "ing", "ly")) and low not in LIST


@cache
def _country_firsts() -> frozenset[str]:
    return countries().firsts()


def _country(tokens: Tokens, index: int) -> Spot | None:
    if tokens.lows[index] not in _country_firsts() or (hit := countries().at(tokens.lows, index)) is None:
        return None
    end, values = hit
    iso3, name = values[0]
    if name.lower() in adjectives() or not tokens.words[index][0].isupper() or len(name) < 3:
        return None
    if end < len(tokens.lows) and tokens.lows[end] == "'s":
        return None
    return _described(tokens, index, end, "country", iso3)


def _possessive(tokens: Tokens, index: int) -> bool:
    """ "Nigeria's Borno state": the country only describes; the place is what follows."""
    hit = countries().at(tokens.lows, index) if tokens.lows[index] in _country_firsts() else None
    return hit is not None and tokens.lows[hit[0] : hit[0] + 1] == ["'s"]


def _described(tokens: Tokens, start: int, end: int, kind: str, country: str | None = None) -> Spot | None:
    """Look left for "the eastern town of", "90 km east of", and the preposition before all that."""
    lows, position, first = tokens.lows, start - 1, start
    direction = ""
    plural = lows[end - 1] in kinds() and lows[end - 1].endswith("s") and end - start > 1
    plain_end = end - 1 if kind and end - start > 1 and lows[end - 1] in kinds() else end
    if position >= 0 and lows[position] in words("places", "directions") and kind in _DIRECTED:
        direction, first, position = lows[position], position, position - 1
    found, compass, distance, position = leftwards(lows, position, start)
    kind = kind or found
    preposition = lows[position] if position >= 0 and lows[position] in words("grammar", "locatives") else ""
    if compass:
        direction, preposition = compass, "near"
    elif position >= 0 and found == PART:
        preposition = preposition or "in"
    parent = ""
    if kind and not preposition and position > 0 and tokens.words[position][:1].isupper():
        preposition, parent = _of_town(tokens, position)
    kind = "" if kind == PART else kind
    bare = plural or kind in ("town", "city", "village")
    bare = bare and not (plain_end - start == 1 and lows[start] in ("old", "new"))  # "the Old City"
    name = " ".join(tokens.words[start:plain_end] if bare else tokens.words[start:end])
    if direction and first < start and not compass and kind in _DIRECTED and kind:
        name = f"{tokens.words[first]} {name}"
    if not 3 <= len(name) <= 80:
        return None
    return Spot(start, end, name, kind, preposition, country, direction, distance, parent=parent)


def _of_town(tokens: Tokens, position: int) -> tuple[str, str]:
    """ "In the Aleppo neighbourhoods of X": the preposition ahead of the town's name, and the name."""
    left = position
    while left >= 0 and tokens.words[left][:1].isupper() and position - left < 3:
        left -= 1
    name = " ".join(tokens.words[left + 1 : position + 1])
    left -= left >= 0 and tokens.lows[left] == "the"
    held = left >= 0 and tokens.lows[left] in words("grammar", "locatives")
    return (tokens.lows[left], name) if held else ("", "")


_DIRECTED = ("area", "country", "wide", "admin1", "")
