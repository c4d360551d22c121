"""Countries in text, and their forces: "Turkish warplanes", "US and UK special operations forces"."""

from __future__ import annotations

from functools import cache

from conflict_events.converters.articles.knowledge import (
    adjectives,
    lexicon,
    state_actor,
    with_article,
)
from conflict_events.converters.articles.model import Actor, Mention, Tokens
from conflict_events.converters.articles.words.tokens import Phrases


@cache
def countries() -> Phrases:
    """Names and adjectives of countries -> ISO3."""
    phrases = Phrases()
    for iso3, names in lexicon("countries")["countries"].items():
        for name in names:
            phrases.add(name, (iso3, name))
    return phrases


def cased(alias: str, found: list[str]) -> bool:
    """Whether the words are written as names: "IS" is no "is", "Fano" no "fano"."""
    if alias.replace("-", "").isupper() and " " not in alias:
        return found[0].replace("-", "").isupper() or len(found) > 1
    return not any(c.isupper() for c in alias) or any(c.isupper() for word in found for c in word)


def force_of_country(tokens: Tokens, index: int) -> Mention | None:
    """ "Turkish warplanes", "US and UK special operations forces": adjectives, modifiers, then a word for forces."""
    named: list[str] = []
    position, lows = index, tokens.lows
    while (hit := countries().at(lows, position)) is not None:
        iso3, name = hit[1][0]
        possessive = lows[hit[0] : hit[0] + 1] == ["'s"]
        if not cased(name, tokens.words[position : hit[0]]):
            break
        direct = lows[hit[0] : hit[0] + 1] and lows[hit[0]] in lexicon("groups")["heads"]["direct"]
        if not (possessive or direct or name.lower() in adjectives() or name.replace(".", "").isupper()):
            break  # a country's name is a place; its adjective describes
        named.append(iso3)
        position = hit[0]
        if position < len(lows) and lows[position] == "'s":
            position += 1
        if position + 1 < len(lows) and lows[position] in ("and", ",", "-") and countries().at(lows, position + 1):
            position += 1
            continue
        break
    if not named:
        return None
    first_modifier = position
    modifiers, heads = head_words()
    joint = len(named) == 1 and lows[position : position + 1] == ["and"] and lows[position + 1 : position + 2] in _JOINT
    if joint:  # "Afghan and coalition forces"
        end = position + 2
        while end < len(lows) and lows[end] in modifiers:
            end += 1
        if end < len(lows) and lows[end] in heads:
            text = " ".join(tokens.words[index : end + 1])
            name = f"{lexicon('countries')['countries'][named[0]][1]} and {lows[position + 1]} forces"
            return Mention(index, end + 1, Actor(None, name, "state_forces", named[0]), text)
    while position < len(lows) and lows[position] in modifiers and position - first_modifier < 4:
        position += 1
    if position >= len(lows) or lows[position] not in heads or lows[position] in ("sources", "group", "groups"):
        if position > first_modifier and (lows[position - 1] == "government" or lows[position - 1] in heads):
            return Mention(
                index, position, _force(named, lows[first_modifier:position]), " ".join(tokens.words[index:position])
            )
        return None
    between = lows[first_modifier:position]
    text = " ".join(tokens.words[index : position + 1])
    if set(between) & {"rebel", "islamist", "separatist", "jihadist", "militant", "insurgent", "terrorist"}:
        return Mention(first_modifier, position + 1, Actor(None, "Rebels", "rebel_group", named[0], True), text)
    if lows[position] in lexicon("groups")["heads"]["stateless"]:
        return None
    return Mention(index, position + 1, _force(named, [*between, lows[position]]), text)


_JOINT = (["coalition"], ["allied"], ["foreign"], ["international"])
_BODIES = {
    "police": "police",
    "border": "border guards",
    "security": "security forces",
    "government": "government forces",
}


def _force(named: list[str], between: list[str]) -> Actor:
    special = "special" in between
    if len(named) == 1 and not special:
        return state_actor(named[0], next((body for word, body in _BODIES.items() if word in between), ""))
    if special:
        name = f"Special operations forces of {' and '.join(with_article(iso3) for iso3 in named)}"
    else:
        name = f"{' and '.join(lexicon('countries')['countries'][iso3][1] for iso3 in named)} forces"
    return Actor(None, name, "state_forces", named[0])


@cache
def head_words() -> tuple[frozenset[str], frozenset[str]]:
    heads = lexicon("groups")["heads"]
    return frozenset(heads["modifiers"]), frozenset(heads["armed"])
