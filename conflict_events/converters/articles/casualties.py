"""People killed, wounded, captured or missing in a sentence, with the words that count them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from conflict_events.converters.articles.knowledge import adjectives, lexicon, words
from conflict_events.converters.articles.model import Actor, Count, Mention, Tokens
from conflict_events.converters.articles.numbers import number_at

_BREAK = frozenset({";", ":", "after", "while", "when", "who", "which", "as", "that", "because"})
_NONE = frozenset({"no", "nobody", "without"})
_REACH = 14  # tokens between a count and its verb
_CIVILIANS = Actor(None, "Civilians", "civilians", None, True)


@cache
def _people() -> dict[str, str]:
    return {word: group for group, listed in lexicon("casualties")["people"].items() for word in listed}


@cache
def _harms() -> dict[str, str]:
    return {word: harm for harm, listed in lexicon("casualties")["harm"].items() for word in listed if " " not in word}


def none_reported(tokens: Tokens) -> bool:
    """Whether the sentence says that nobody was harmed."""
    if _NONE.isdisjoint(tokens.lows):
        return False
    text = " ".join(tokens.lows)
    return any(phrase in text for phrase in lexicon("casualties")["hedges"]["none"])


def find(tokens: Tokens, mentions: list[Mention]) -> list[Count]:
    """Counts of people next to a word of harm, in order; objects ("4 vehicles destroyed") are never people."""
    harms = [(i, _harms()[low]) for i, low in enumerate(tokens.lows) if low in _harms()]
    if not harms:
        return []
    found: list[Count] = []
    index = 0
    while index < len(tokens.lows):
        number = number_at(tokens.lows, index)
        if number is None:
            index += 1
            continue
        value, after = number
        first = value
        upper = _upper(tokens.lows, index, after)
        if upper is not None:
            value, after = upper
        count = None if _excluded(tokens.lows, index) else _count(tokens, mentions, harms, index, after, value)
        if count is not None and upper is not None:
            words_ = " ".join(tokens.words[index:after])
            count = replace(count, low=min(first, value), best=None, high=max(first, value), words=words_)
        if count is not None and not any(_equal(count, other) for other in found):
            found.append(count)
        index = after
    if not any(count.harm == "killed" for count in found):
        single = _single(tokens, mentions, harms)
        if single is not None:
            found.append(single)
    return found


def _upper(lows: list[str], index: int, after: int) -> tuple[int, int] | None:
    """The second number of "between 10 and 15", "10 to 15" or "10-15", and the position after it."""
    if after + 1 >= len(lows) or lows[after] not in ("and", "to", "or", "-", "–"):
        return None
    if lows[after] == "and" and (not index or lows[index - 1] != "between"):
        return None
    return number_at(lows, after + 1)


def _excluded(lows: list[str], index: int) -> bool:
    """ "No one" is no figure, and "including 5 children" is part of one that is counted already."""
    ahead = lows[index - 1] if index else ""
    hedge = lows[max(0, index - 4) : index]
    return ahead == "no" or any(low in ("including", "among") for low in hedge)


def _equal(first: Count, second: Count) -> bool:
    return (first.harm, first.low, first.best, first.high, first.victims, first.actor) == (
        second.harm,
        second.low,
        second.best,
        second.high,
        second.victims,
        second.actor,
    )


def _count(
    tokens: Tokens, mentions: list[Mention], harms: list[tuple[int, str]], index: int, after: int, value: int
) -> Count | None:
    if tokens.lows[after : after + 2] in (["of", "them"], ["of", "whom"]):
        return None
    group, end, actor = _who(tokens, mentions, after)
    follows_total = after < len(tokens.lows) and tokens.lows[after] == "of" and after + 1 < len(tokens.lows)
    if not group and not follows_total:
        bare = after < len(tokens.lows) and (
            tokens.lows[after] in _harms() or tokens.lows[after] in words("grammar", "be")
        )
        before_harm = (
            index > 0
            and tokens.lows[index - 1] in ("killed", "killing", "wounding", "injuring", "kills", "least")
            and (after >= len(tokens.lows) or tokens.lows[after] in (",", ".", ";", "and", "in", "on", "at", "near"))
        )
        if not (bare or before_harm):
            return _toll(tokens, index, after, value)
        group, end = "unknown", after
    if not group:
        return None
    harm = "killed" if tokens.lows[after : after + 1] == ["dead"] else _harm(tokens, harms, index, end)
    if harm is None or value > 2_000_000:
        return None
    start, hedge = _hedge(tokens.lows, index)
    text = " ".join(tokens.words[start:after])
    low = best = None if hedge == "most" else value
    high = None if hedge == "least" else value
    additional = (after < len(tokens.lows) and tokens.lows[after] in ("other", "others", "more")) or (
        start > 0 and tokens.lows[start - 1] == "another"
    )
    if actor is None and group == "civilians":
        actor = _CIVILIANS
    return Count(harm, low, best, high, text, group, actor, start, end, additional)


def _toll(tokens: Tokens, index: int, after: int, value: int) -> Count | None:
    """ "The death toll rose to 14": a figure without a noun."""
    lows = tokens.lows
    if index < 3 or lows[index - 1] not in ("to", "at", "reached"):
        return None
    if not any(lows[k : k + 2] == ["death", "toll"] for k in range(max(0, index - 25), index)):
        return None
    if lows[index - 2] not in ("rose", "risen", "climbed", "stood", "stands", "rises", "increased", "toll", "has"):
        return None
    if after < len(lows) and (lows[after].isalpha() and lows[after] not in _BREAK | {"on", "in", "and", "by", "from"}):
        return None
    return Count("killed", value, value, value, " ".join(tokens.words[index:after]), "unknown", None, index, after)


def _who(tokens: Tokens, mentions: list[Mention], position: int) -> tuple[str, int, Actor | None]:
    """The people that a number counts: their group, where the noun ends, and the actor they belong to."""
    limit = min(position + 7, len(tokens.lows))
    for at in range(position, limit):
        low = tokens.lows[at]
        mention = next((m for m in mentions if m.start <= at < m.end), None)
        if mention is not None and not mention.modifier:
            nouns = [low for low in tokens.lows[mention.start : mention.end] if low in _people()]
            named = None if mention.actor.generic and not nouns else mention.actor
            group = "civilians" if mention.actor.actor_type == "civilians" else "armed"
            if nouns and _people()[nouns[-1]] == "unknown":
                return "unknown", mention.end, None
            if tokens.lows[mention.end - 1] in ("people", "residents") and low == "people":
                return "unknown", mention.end, None
            if nouns or mention.actor.generic:
                return group, mention.end, named
            if mention.end < len(tokens.lows) and tokens.lows[mention.end] in _people():
                return "armed", mention.end + 1, mention.actor
            if mention.end < len(tokens.lows) and tokens.lows[mention.end] in ("were", "was", "have", "had"):
                return "armed", mention.end, mention.actor
            continue
        if low in adjectives() and low.endswith("s"):  # "23 Palestinians"
            return "unknown", at + 1, None
        if low in _people():
            group = _people()[low]
            actor = None
            if at + 1 < limit and tokens.lows[at + 1] == "of":
                actor = next((m.actor for m in mentions if at + 1 < m.start <= at + 5), None)
            return group, at + 1, actor
        if (
            (low in words("grammar", "prepositions") and low not in ("of",))
            or low in words("grammar", "be")
            or (low in _harms() and at > position)
        ):
            break
        if not low[0].isalpha() and low not in ("'s", "-"):
            break
    return "", position, None


def _harm(tokens: Tokens, harms: list[tuple[int, str]], start: int, end: int) -> str | None:
    """The harm that the count goes with: the verb after it ("49 were killed"), else the one before ("killing 49")."""
    lows = tokens.lows
    after = [(i, harm) for i, harm in harms if end <= i < end + _REACH]
    before = [(i, harm) for i, harm in harms if start - 8 <= i < start]
    active = ["killing", "wounding", "injuring", "capturing", "detaining", "kills", "injures", "arresting"]
    copula = words("grammar", "be") | words("grammar", "have")
    if after and after[0][0] > end and all(low in copula for low in lows[end : after[0][0]]):
        return after[0][1]
    for i, harm in before[::-1]:
        between = lows[i + 1 : start]
        if any(low in _BREAK for low in between) or any(k for k in range(i + 1, start) if lows[k] in _harms()):
            break
        passive = any(lows[k] in words("grammar", "be") for k in range(max(0, i - 3), i))
        transitive = lows[i] in active or (not passive and lows[i] not in ("dead", "died", "deaths"))
        if transitive and not (after and after[0][0] == end):
            return harm
        if passive and "and" in between and not after:
            return harm
    for i, harm in after:
        between = lows[end:i]
        if any(low in _BREAK for low in between) or ";" in between:
            return None
        if lows[i] in active:
            return None
        aux = any(low in words("grammar", "be") or low in words("grammar", "have") for low in between)
        direct = i == end or lows[i] in ("dead", "died", "deaths", "fatalities", "dies") or aux
        return harm if direct else None
    return None


def _hedge(lows: list[str], index: int) -> tuple[int, str]:
    """Where the words of the count begin, and what they say of it: least, most, about or nothing."""
    for name in ("least", "most", "about"):
        for phrase in lexicon("casualties")["hedges"][name]:
            parts = phrase.split()
            if index >= len(parts) and lows[index - len(parts) : index] == parts:
                if name == "about" and index - len(parts) - 1 >= 0 and lows[index - len(parts) - 1] in ("than",):
                    continue
                return index - len(parts), name
    return index, ""


def _single(tokens: Tokens, mentions: list[Mention], harms: list[tuple[int, str]]) -> Count | None:
    """ "A soldier was killed", "killing the driver": one person, where the noun and the verb are singular."""
    lows = tokens.lows
    for i, harm in harms:
        if harm != "killed":
            continue
        if lows[i] in ("killing", "killed", "kills") and i + 2 < len(lows) and lows[i + 1] in ("a", "an", "the", "one"):
            for at in range(i + 2, min(i + 5, len(lows))):
                if lows[at] in _people() and not lows[at].endswith(
                    ("s", "men", "people", "women", "children", "police")
                ):
                    return _one(tokens, mentions, i + 1, at + 1, lows[at])
                if lows[at] in words("grammar", "prepositions") or not lows[at].isalpha():
                    break
        was = next((k for k in (i - 1, i - 2, i - 3) if k > 0 and lows[k] in ("was", "is")), None)
        joint = was is not None and i - was == 3 and lows[i - 1] != "and"
        if (
            was is None
            or joint
            or lows[i] not in ("killed", "dead", "slain", "assassinated", "executed", "beheaded", "murdered")
        ):
            continue
        start = was
        while start > 0 and was - start < 12 and lows[start - 1] not in (".", ";", ":", "that", "and", "when", "after"):
            start -= 1
        noun = next((low for low in reversed(lows[start:was]) if low in _people()), "")
        article = any(low in ("a", "an", "one") for low in lows[start:was]) and "no" not in lows[start:was]
        if article and (not noun or not noun.endswith(("s", "men", "people", "women", "children", "police"))):
            names = sum(w[0].isupper() for w in tokens.words[start:was])
            if noun or names >= 2:
                return _one(tokens, mentions, start, was, noun)
    return None


def _one(tokens: Tokens, mentions: list[Mention], start: int, end: int, noun: str) -> Count:
    actor = next((m.actor for m in mentions if start <= m.start < end and not m.modifier), None)
    group = _people().get(noun, "armed" if actor else "unknown")
    if group == "civilians":
        actor = _CIVILIANS
    return Count("killed", 1, 1, 1, " ".join(tokens.words[start : min(start + 4, end)]), group, actor, start, end)
