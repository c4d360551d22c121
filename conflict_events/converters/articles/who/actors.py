"""Actors in a sentence: curated names, the forces of a country, and unnamed groups."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from conflict_events.converters.articles.knowledge import (
    adjectives,
    government,
    known_actors,
    lexicon,
    state_actor,
    words,
)
from conflict_events.converters.articles.model import Actor, Mention, Tokens
from conflict_events.converters.articles.who.forces import cased, countries, force_of_country, head_words
from conflict_events.converters.articles.words.tokens import Phrases


@cache
def _lexicon() -> Phrases:
    phrases = Phrases()
    for row in known_actors().values():
        actor = Actor(row["actor_id"], row["name"], row["actor_type"], row.get("country"))
        for alias in {row["name"].split(" (")[0], *row.get("aliases", ())}:
            phrases.add(alias, (actor, alias))
    for group in lexicon("groups")["groups"]:
        actor = Actor(None, group["name"], group["type"], None, True, group.get("state", False), group.get("body", ""))
        for word in group["words"]:
            phrases.add(word, (actor, word))
    return phrases


@cache
def _firsts() -> frozenset[str]:
    return _lexicon().firsts() | countries().firsts() | {"the"}


def find(tokens: Tokens, local: dict[str, Actor]) -> list[Mention]:
    """Mentions from left to right; `local` holds acronyms that this text defined, and is added to."""
    found: list[Mention] = []
    index, lows, firsts = 0, tokens.lows, _firsts()
    while index < len(lows):
        if lows[index] not in firsts and not _may_be_name(tokens, index, local):
            index += 1
            continue
        mention = _at(tokens, index, local)
        if mention is None or _plane(tokens, mention):
            index += 1
            continue
        mention = _heads(tokens, mention)
        short = _acronym(tokens, mention, local)
        mention = _heads(tokens, short) if short is not mention else mention
        found.append(_governed(tokens, _adjectival(tokens, mention)))
        index = mention.end
    return _joined(tokens, found)


def _plane(tokens: Tokens, mention: Mention) -> bool:
    """A "bomber" or "fighter" among aircraft is a plane and no person."""
    plane = tokens.lows[mention.start] in ("bomber", "bombers", "fighter") and mention.end - mention.start == 1
    return plane and not {"aircraft", "planes", "plane", "piloted", "strategic", "b-52"}.isdisjoint(tokens.lows)


def _may_be_name(tokens: Tokens, index: int, local: dict[str, Actor]) -> bool:
    """Whether an unlisted actor's name can begin here: two capitalised words, or an acronym that the text defined."""
    word = tokens.words[index]
    if word[0].isdigit():
        return _unit(tokens, index) is not None
    if word == tokens.lows[index]:
        return False
    if word in local:
        return True
    after = index + 1
    return after < len(tokens.words) and (
        tokens.words[after] != tokens.lows[after] or tokens.lows[after] in ("of", "al", "for")
    )


def _at(tokens: Tokens, index: int, local: dict[str, Actor]) -> Mention | None:
    lows = tokens.lows
    word = tokens.words[index]
    if word in local:
        return Mention(index, index + 1, local[word], word)
    curated_hit = _curated(tokens, index)
    if curated_hit is not None and not curated_hit.actor.generic:
        return curated_hit
    force = force_of_country(tokens, index)
    if force is not None:
        return force
    if curated_hit is not None:
        return curated_hit
    if (word[0].isupper() and lows[index] != "the") or word[0].isdigit():
        unit = _unit(tokens, index)
        if unit is not None or word[0].isdigit():
            return unit
        return _unlisted(tokens, index) or _country(tokens, index)
    if lows[index] == "the" and (country := _country(tokens, index)) is not None and not country.modifier:
        return None if _at(tokens, index + 1, local) != _country(tokens, index + 1) else country
    return None


def _curated(tokens: Tokens, index: int) -> Mention | None:
    hit = _lexicon().at(tokens.lows, index)
    if hit is None:
        return None
    end, values = hit
    for actor, alias in values:
        if cased(alias, tokens.words[index:end]):
            return Mention(index, end, actor, " ".join(tokens.words[index:end]))
    return None


def _country(tokens: Tokens, index: int) -> Mention | None:
    """A country as such: "Turkey", "the United States"; never its adjective alone."""
    begin = index + 1 if tokens.lows[index] == "the" else index
    hit = countries().at(tokens.lows, begin)
    if hit is None:
        return None
    end, values = hit
    iso3, name = values[0]
    if not cased(name, tokens.words[begin:end]):
        return None
    modifier = name.lower() in adjectives() and name.lower() not in ("us", "uk")
    if name in lexicon("countries")["not_actors"]["words"]:
        modifier = True
    if end < len(tokens.lows) and tokens.lows[end] == "'s":
        modifier = True
    return Mention(begin, end, government(iso3), name, "", modifier)


def _unlisted(tokens: Tokens, index: int) -> Mention | None:
    """A capitalised name that ends in a word for an armed group: "Desert Eagles Brigade"."""
    position = index
    while (
        position < len(tokens.words)
        and position - index < 6
        and (tokens.words[position][0].isupper() or (position > index and tokens.lows[position] in ("of", "al", "for")))
    ):
        position += 1
        if (
            position - index >= 2
            and tokens.lows[position - 1] in words("groups", "name_ends")
            and tokens.words[position - 1][0].isupper()
        ):
            following = tokens.words[position] if position < len(tokens.words) else ""
            if following[:1].isupper() and tokens.lows[position] in words("groups", "name_ends"):
                continue
            if tokens.lows[index] in words("places", "never") or tokens.lows[index] in adjectives():
                return None
            name = " ".join(tokens.words[index:position])
            return Mention(index, position, Actor(None, name, "unknown"), name)
    return None


def _unit(tokens: Tokens, index: int) -> Mention | None:
    """A numbered unit of an army: "84th Infantry Battalion", "57 Division", "Task Force 1"."""
    arms, units = words("groups", "unit_arms"), words("groups", "units")
    words_, lows = tokens.words, tokens.lows
    position = index
    numbered = _UNIT_NUMBER.fullmatch(lows[position]) is not None
    position += numbered
    first = position
    while position < len(lows) and lows[position] in arms and position - first < 4:
        position += 1
    if position >= len(lows) or lows[position] not in units or not words_[position][:1].isupper():
        return None
    position += 1
    if not numbered:
        if position >= len(lows) or not lows[position].isdigit() or not words_[index][:1].isupper():
            return None
        position += 1
    name = " ".join(words_[index:position])
    return Mention(index, position, Actor(None, name, "state_forces"), name)


_UNIT_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")


def _heads(tokens: Tokens, mention: Mention) -> Mention:
    """Take in the words that belong to the name: "ISIS terrorists", "Houthi rebel fighters"."""
    if mention.actor.actor_type == "civilians" or (mention.actor.actor_id or "").startswith("government-of-"):
        return mention
    modifiers, heads = head_words()
    position = mention.end
    while position < len(tokens.lows) and tokens.lows[position] in modifiers and position - mention.end < 2:
        position += 1
    if position < len(tokens.lows) and tokens.lows[position] in heads and tokens.lows[position] != "air":
        text = " ".join(tokens.words[mention.start : position + 1])
        return Mention(mention.start, position + 1, mention.actor, text, "", mention.modifier)
    return mention


def _acronym(tokens: Tokens, mention: Mention, local: dict[str, Actor]) -> Mention:
    """ "(SDF)" after a name is the same actor, and stands for it from here on."""
    end = mention.end
    if end + 2 < len(tokens.words) and tokens.words[end] == "(" and tokens.words[end + 2] == ")":
        short = tokens.words[end + 1]
        if 2 <= len(short) <= 8 and sum(c.isupper() for c in short) >= 2:
            if not mention.actor.generic:
                local.setdefault(short, mention.actor)
            return Mention(mention.start, end + 3, mention.actor, mention.text, "", mention.modifier)
    return mention


def _governed(tokens: Tokens, mention: Mention) -> Mention:
    """The preposition that governs the mention, found over articles, adjectives and numbers to its left."""
    position = mention.start - 1
    prepositions, steps = words("grammar", "prepositions"), 0
    while position >= 0 and steps < 6:
        low = tokens.lows[position]
        if low == "of" and position > 0 and tokens.lows[position - 1] in words("groups", "quantities"):
            position -= 2
            steps += 1
            continue
        holding = position > 0 and tokens.lows[position - 1] in _holders()
        if low == "and" and position == mention.start - 1 and holding and tokens.lows[mention.start] in _holders():
            position -= 2  # "at the positions and dens of X"
            continue
        if low in prepositions:
            return Mention(mention.start, mention.end, mention.actor, mention.text, low, mention.modifier)
        if not (low in words("grammar", "determiners") or _describes(low) or low.isdigit()):
            break
        position -= 1
        steps += 1
    return mention


def _describes(low: str) -> bool:
    """Whether a word before a noun may be skipped: adjectives by their endings, "US-backed", "pro-Iranian"."""
    return (
        low in adjectives()
        or low.endswith(
            ("-backed", "-led", "-held", "-controlled", "-linked", "ed", "ian", "ist", "al", "ous", "ish", "ic")
        )
        or low.startswith("pro-")
        or low in words("groups", "describing")
    )


def _adjectival(tokens: Tokens, mention: Mention) -> Mention:
    """A group's word that only describes the noun after it: "military efforts", "rebel advance", "police station"."""
    if not mention.actor.generic or mention.end >= len(tokens.lows) or mention.end - mention.start > 1:
        return mention
    last, after = tokens.lows[mention.end - 1], tokens.lows[mention.end]
    if last not in words("groups", "adjectival") or not after.isalpha():
        return mention
    closed = any(
        after in words("grammar", key) for key in ("prepositions", "be", "have", "modals", "subordinators", "relatives")
    )
    if closed or after in ("and", "or", "but", "said", "told", "also", "then", *_PAST) or after.endswith(("ed", "ly")):
        return mention
    return replace(mention, modifier=True)


_PAST = (
    "fought",
    "hit",
    "struck",
    "shot",
    "took",
    "left",
    "went",
    "came",
    "began",
    "met",
    "held",
    "drove",
    "fled",
    "lost",
)


@cache
def _ties() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases that tie a holder to an actor, by their last word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lexicon("groups")["holders"]["ties"]:
        parts = tuple(phrase.split())
        found.setdefault(parts[-1], []).append(parts)
    return {last: tuple(sorted(listed, key=len, reverse=True)) for last, listed in found.items()}


@cache
def _holders() -> frozenset[str]:
    return frozenset(lexicon("groups")["holders"]["words"])


def _holder(lows: list[str], start: int) -> int | None:
    """Where the word stands that holds the actor beginning at `start`: "elements of the …" -> that of "elements"."""
    position = start - 1
    while position > 0 and (
        lows[position] in ("the", "a", "an", "banned", "outlawed", "extremist", "terrorist", "militant")
    ):
        position -= 1
    for parts in _ties().get(lows[position], ()) if position > 0 else ():
        first = position - len(parts) + 1
        if first > 0 and tuple(lows[first : position + 1]) == parts and lows[first - 1] in _holders():
            return first - 1
    return None


_UNARMED = ("civilians", "protesters", "rioters")
_SOLDIERS = frozenset(["soldiers", "soldier", "troops", "forces", "servicemen", "commandos", "paratroopers", "marines"])


def _owns(tokens: Tokens, before: Mention, mention: Mention) -> bool:
    """ "The junta's fighters": a party and its people."""
    if tokens.lows[before.end : mention.start] != ["'s"] or before.actor.actor_type in _UNARMED:
        return False
    return not (before.actor.actor_id or "").startswith("government-")


def _unit_of(before: Mention, mention: Mention) -> bool:
    """ "The Israeli army's Golan Division": a unit that no list has, and the force it belongs to."""
    return mention.actor.actor_id is None and before.actor.actor_type in ("state_forces", "external_forces")


def _names_group(before: Mention, mention: Mention) -> bool:
    """ "The terrorist group ELN": a word for a group right before its name."""
    unarmed = ("civilians", "protesters", "rioters", "state_forces")
    named = not mention.actor.generic and not mention.modifier and mention.actor.actor_type != "civilians"
    return (
        named
        and before.actor.actor_type not in unarmed
        and not (mention.actor.actor_id or "").startswith("government-")
    )


def _joined(tokens: Tokens, found: list[Mention]) -> list[Mention]:
    """ "servicemen of the US special forces", "units of the army": the named actor, with the words of both."""
    done: list[Mention] = []
    for mention in found:
        before = done[-1] if done else None
        if (
            before is not None
            and before.actor.generic
            and before.end == mention.start
            and _names_group(before, mention)
        ):
            text = " ".join(tokens.words[before.start : mention.end])
            done[-1] = replace(mention, start=before.start, text=text, preposition=before.preposition)
            continue
        theirs = mention.actor.generic or (before is not None and _unit_of(before, mention))
        if before is not None and theirs and _owns(tokens, before, mention):
            text = " ".join(tokens.words[before.start : mention.end])
            done[-1] = replace(before, end=mention.end, text=text, modifier=False)
            continue
        at = None if mention.modifier else _holder(tokens.lows, mention.start)
        if at is None:
            done.append(mention)
            continue
        previous = done[-1] if done and done[-1].end > at else None
        if previous is not None and not previous.actor.generic:
            done.append(mention)
            continue
        start = previous.start if previous else at
        if previous:
            done.pop()
        text = " ".join(tokens.words[start : mention.end])
        actor = mention.actor
        if (actor.actor_id or "").startswith("government-of-") and actor.country:
            if tokens.lows[at] not in _SOLDIERS:
                done.append(mention)
                continue
            actor = state_actor(actor.country)
        done.append(_governed(tokens, replace(mention, actor=actor, start=start, text=text, preposition="")))
    return done
