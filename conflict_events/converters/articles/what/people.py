"""The people that a sentence counts: how many, who, and where the words stand."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import adjectives, lexicon, words
from conflict_events.converters.articles.model import Actor, Mention, Tokens
from conflict_events.converters.articles.what.counted import CIVILIANS, Group, excluded, harms_of, people
from conflict_events.converters.articles.what.single import one_person
from conflict_events.converters.articles.words.numbers import number_at


def groups(tokens: Tokens, mentions: list[Mention]) -> list[Group]:
    """Every phrase that counts people: "at least 12 soldiers", "a mother", "his driver"; parts of a total left out."""
    found: list[Group] = []
    index, lows = 0, tokens.lows
    while index < len(lows):
        number = number_at(lows, index)
        if number is None:
            apposed = index > 1 and lows[index - 1] == "," and found and found[-1].single and found[-1].end == index - 1
            one = None
            if not apposed:  # "Abu X, an ISIS leader" is one man
                one = one_person(tokens, mentions, index)
            if one is not None:
                found.append(one)
            index = one.end if one is not None else index + 1
            continue
        value, after = number
        upper = _upper(lows, index, after)
        second = value
        if upper is not None:
            second, after = upper
        if not excluded(lows, index) and value <= 2_000_000:
            group = _plural(tokens, mentions, index, after, value, second)
            if group is not None:
                found.append(group)
        index = after
    return found


def _plural(tokens: Tokens, mentions: list[Mention], index: int, after: int, value: int, second: int) -> Group | None:
    lows = tokens.lows
    if lows[after : after + 2] in (["of", "them"], ["of", "whom"], ["of", "those"]):
        object_ = index and lows[index - 1] in _TAKES_FIGURE - {"least", "about", "some"}
        placed = lows[after + 2 : after + 4] in (["died", "in"], ["died", "at"])
        if lows[after + 1] != "them" or not (object_ or placed):
            return None
        return Group(min(value, second), max(value, second), "unknown", None, index, index, after, after)
    kind, end, actor = _who(tokens, mentions, after)
    if not kind:
        following = lows[after] if after < len(lows) else "."
        bare = following in harms_of() or following in words("grammar", "be") or following in _BARE_BEFORE
        ahead = lows[index - 1] if index else ""
        object_ = ahead in _TAKES_FIGURE and (
            following in (",", ".", ";", "and", "in", "on", "at", "near", "of", "but", "while", "by", "after", ")")
        )
        placed = following == "in" and ahead in (",", "and") and _name_follows(tokens, after + 1)
        if not (bare or object_ or placed):
            return None
        if following == "of":
            kind, end, actor = "unknown", after, next((m.actor for m in mentions if after < m.start <= after + 4), None)
            kind = "armed" if actor is not None and actor.actor_type != "civilians" else "unknown"
        else:
            kind, end = "unknown", after
    if (
        value == 1
        and end > after
        and lows[end - 1] in ("group", "unit", "gang", "faction", "militia", "force", "police", "family")
    ):
        return None
    if actor is None and kind == "civilians":
        actor = CIVILIANS
    begin, _ = hedge(lows, index)
    return Group(min(value, second), max(value, second), kind, actor, begin, index, after, end)


def _name_follows(tokens: Tokens, index: int) -> bool:
    index += tokens.lows[index : index + 1] == ["the"]
    return index < len(tokens.words) and tokens.words[index][:1].isupper()


_BARE_BEFORE = frozenset(["have", "has", "had", "sustained", "suffered", "received"])


_TAKES_FIGURE = frozenset(
    [
        "killed",
        "killing",
        "wounding",
        "injuring",
        "kills",
        "least",
        "eliminated",
        "injured",
        "wounded",
        "eliminating",
        "about",
        "some",
    ]
)


def _upper(lows: list[str], index: int, after: int) -> tuple[int, int] | None:
    """The second number of "between 10 and 15", "10 to 15" or "10-15", and the position after it."""
    if after + 1 >= len(lows) or lows[after] not in ("and", "to", "or", "-", "–"):
        return None
    if lows[after] == "and" and (not index or lows[index - 1] != "between"):
        return None
    return number_at(lows, after + 1)


def _who(tokens: Tokens, mentions: list[Mention], position: int) -> tuple[str, int, Actor | None]:
    """The people that a number counts: their group, where the noun ends, and the actor they belong to."""
    limit = min(position + 7, len(tokens.lows))
    for at in range(position, limit):
        low = tokens.lows[at]
        mention = next((m for m in mentions if m.start <= at < m.end), None)
        if mention is not None and not mention.modifier:
            nouns = [low for low in tokens.lows[mention.start : mention.end] if low in people()]
            named = None if mention.actor.generic and not nouns else mention.actor
            group = "civilians" if mention.actor.actor_type == "civilians" else "armed"
            if nouns and people()[nouns[-1]] == "unknown":
                return "unknown", mention.end, None
            if tokens.lows[mention.end - 1] in ("people", "residents") and low == "people":
                return "unknown", mention.end, None
            if nouns or mention.actor.generic:
                return group, mention.end, named
            if mention.end < len(tokens.lows) and tokens.lows[mention.end] in people():
                return "armed", mention.end + 1, mention.actor
            following = tokens.lows[mention.end] if mention.end < len(tokens.lows) else "."
            if mention.start == position and (not following.isalpha() or following in _CLOSES):
                return "armed", mention.end, mention.actor  # "two Peshmerga and …"
            continue
        if low in adjectives() and low.endswith("s"):  # "23 Palestinians"
            return "unknown", at + 1, None
        if low in people():
            group = people()[low]
            actor = None
            if at + 1 < limit and tokens.lows[at + 1] == "of":
                actor = next((m.actor for m in mentions if at + 1 < m.start <= at + 5), None)
            return group, at + 1, actor
        if (
            (low in words("grammar", "prepositions") and low not in ("of",))
            or low in words("grammar", "be")
            or (low in harms_of() and at > position)
        ):
            break
        if not low[0].isalpha() and low not in ("'s", "-", '"', "“", "”"):
            break
    return "", position, None


_CLOSES = frozenset(
    ["were", "was", "have", "had", "and", "in", "on", "at", "during", "near", "by", "dead", "but", "while"]
)


def hedge(lows: list[str], index: int) -> tuple[int, str]:
    """Where the words of the count begin, and what they say of it: least, most, about or nothing."""
    for name in ("least", "most", "about"):
        for phrase in lexicon("casualties")["hedges"][name]:
            parts = phrase.split()
            if index >= len(parts) and lows[index - len(parts) : index] == parts:
                if name == "about" and index - len(parts) - 1 >= 0 and lows[index - len(parts) - 1] in ("than",):
                    continue
                return index - len(parts), name
    return index, ""
