"""The people that a sentence counts: how many, who, and where the words stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from conflict_events.converters.articles.knowledge import adjectives, lexicon, words
from conflict_events.converters.articles.model import Actor, Mention, Tokens
from conflict_events.converters.articles.words.numbers import number_at


@cache
def people() -> dict[str, str]:
    return {word: group for group, listed in lexicon("casualties")["people"].items() for word in listed}


@cache
def harms_of() -> dict[str, str]:
    return {word: harm for harm, listed in lexicon("casualties")["harm"].items() for word in listed if " " not in word}


_CIVILIANS = Actor(None, "Civilians", "civilians", None, True)


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase of people: how many, who, and where it stands.

    `single` where no number counts it ("a guard"); `definite` where it was spoken of before ("he", "the mayor").
    """

    low: int
    high: int
    kind: str
    actor: Actor | None
    begin: int
    start: int
    after: int
    end: int
    single: bool = False
    definite: bool = False


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
                one = (
                    _one(tokens, mentions, index)
                    or _by_name(tokens, mentions, index)
                    or _known(tokens, mentions, index)
                )
            if one is not None:
                found.append(one)
            index = one.end if one is not None else index + 1
            continue
        value, after = number
        upper = _upper(lows, index, after)
        second = value
        if upper is not None:
            second, after = upper
        if not _excluded(lows, index) and value <= 2_000_000:
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
        actor = _CIVILIANS
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


def _one(tokens: Tokens, mentions: list[Mention], index: int) -> Group | None:
    """One person by an article or a possessive: "a mother", "another trooper", "and his driver"."""
    lows = tokens.lows
    low = lows[index]
    joined = index > 0 and lows[index - 1] in ("and", ",")
    if low not in ("a", "an", "another") and not (low in ("his", "her", "their", "the") and joined):
        return None
    if low == "their" or _excluded(lows, index):
        return None
    for at in range(index + 1, min(index + 7, len(lows))):
        word = lows[at]
        named = next((m for m in mentions if m.start == at and m.end - m.start > 1), None)
        if named is not None:
            return _member(tokens, named, index)
        if word == "among" or lows[at : at + 2] == ["of", "them"]:
            return None
        if word.endswith("-year-old") and not (
            lows[at + 1 : at + 2] and lows[at + 1][0].isalpha() and lows[at + 1] != "was"
        ):
            return Group(1, 1, "unknown", None, index, index, at, at + 1, True)
        if word in people() and not _more(tokens, at):
            told = lows[at + 1 : at + 2] in (["dead"], ["was"])
            if (
                lows[at + 1 : at + 2] == ["among"]
                or (word in _COLLECTIVE and not told)
                or (word.endswith("s") and not word.endswith("ss"))
            ):
                return None
            group = people()[word]
            actor = next((m.actor for m in mentions if m.start <= at < m.end and not m.modifier), None)
            if actor is None and at + 1 < len(lows) and lows[at + 1] == "of":
                named = next((m for m in mentions if at + 1 < m.start <= at + 5), None)
                actor = named.actor if named else actor
                group = "armed" if named and named.actor.actor_type != "civilians" else group
            if actor is not None and actor.actor_type not in ("civilians", "protesters", "rioters"):
                group = "armed"
            if group == "civilians":
                actor = _CIVILIANS
            return Group(1, 1, group, actor, index, index, at, at + 1, True)
        if word in words("grammar", "prepositions") or not (word[0].isalnum() or word in ("-", "'s", '"', "“", "”")):
            return None
        if word in words("grammar", "be") or word in harms_of() or word in ("number", "group", "few", "lot"):
            return None
    return None


_KILLED = frozenset(["killing", "killed", "assassinated", "executed", "beheaded", "eliminated", "murdered"])


def _by_name(tokens: Tokens, mentions: list[Mention], index: int) -> Group | None:
    """One person by name: "killed commander Abu X al-Y", "Abu X al-Y was killed"."""
    lows, words_ = tokens.lows, tokens.words
    if not words_[index][:1].isupper() or (index > 1 and words_[index - 1][:1].isupper()):
        return None
    end = index
    while end < len(lows) and (words_[end][:1].isupper() or lows[end].startswith(("al-", "el-"))) and end - index < 6:
        end += 1
    if end - index < 2 or any(m.start < end and index < m.end for m in mentions):
        return None
    verb = index - 1
    while (
        verb > 0 and index - verb < 4 and lows[verb] not in _KILLED and (lows[verb] in _RANKS or lows[verb] in people())
    ):
        verb -= 1
    object_ = (
        verb >= 0 and lows[verb] in _KILLED and (end == len(lows) or not lows[end][0].isalnum() or _ends(lows[end]))
    )
    subject = lows[end : end + 1] == ["was"] and end + 1 < len(lows) and lows[end + 1] in _KILLED
    return Group(1, 1, "unknown", None, index, index, end, end, True) if object_ or subject else None


_RANKS = frozenset(["senior", "top", "local", "prominent", "veteran", "opposition", "the", "group", "cell"])


def _ends(low: str) -> bool:
    return low in words("grammar", "prepositions") or low in ("and", "along", "as", "who", "while", "when", "after")


def _known(tokens: Tokens, mentions: list[Mention], index: int) -> Group | None:
    """One person spoken of as known, who was killed: "he was beheaded", "the mayor of X, A B, was shot dead"."""
    lows = tokens.lows
    if lows[index] in ("he", "she"):
        at = index + 1
        if lows[at : at + 1] == ["was"] and not _KILLED.isdisjoint(lows[at + 1 : at + 4]):
            return Group(1, 1, "unknown", None, index, index, at, at, True, True)
        return None
    if lows[index] != "the" or _excluded(lows, index) or any(m.start < index < m.end for m in mentions):
        return None
    for at in range(index + 1, min(index + 4, len(lows))):
        word = lows[at]
        if word in people():
            plural = word.endswith("s") and not word.endswith("ss")
            named = tokens.words[at] != word
            if _more(tokens, at) or plural or named or word in _COLLECTIVE or people()[word] == "unknown":
                return None
            held = next((m for m in mentions if m.start <= at < m.end or at + 1 < m.start <= at + 3), None)
            group = people()[word]
            actor = _CIVILIANS if group == "civilians" else (held.actor if held else None)
            return Group(1, 1, group, actor, index, index, at, at + 1, True, True)
        if not word.isalpha() or word in words("grammar", "prepositions") or word in words("grammar", "be"):
            return None
    return None


def _member(tokens: Tokens, named: Mention, index: int) -> Group | None:
    """ "A New People's Army fighter", "a member of Hezbollah": one of a named party."""
    lows = tokens.lows
    group = "civilians" if named.actor.actor_type == "civilians" else "armed"
    actor = _CIVILIANS if group == "civilians" else named.actor
    if lows[named.start] in people() and lows[named.start + 1] == "of" and lows[named.start] not in _COLLECTIVE:
        return Group(1, 1, group, actor, index, index, named.start, named.end, True)
    last = lows[named.end - 2] if lows[named.end - 1] == ")" else lows[named.end - 1]
    at = named.end - 1
    if (last not in people() or last in _COLLECTIVE) and named.end < len(lows) and lows[named.end] in people():
        last, at = lows[named.end], named.end
    if last not in people() or last in _COLLECTIVE or last.endswith("s") or _more(tokens, at):
        return None
    return Group(1, 1, group, actor, index, index, at, at + 1, True)


_COLLECTIVE = frozenset(
    [
        "people",
        "police",
        "men",
        "women",
        "children",
        "troops",
        "personnel",
        "family",
        "staff",
        "crew",
        "couple",
        "dead",
        "others",
        "other",
        "general",
        "major",
        "lives",
        "killed",
        "bodies",
        "year-old",
        "official",
        "teenage",
        "volunteer",
    ]
)


def _more(tokens: Tokens, at: int) -> bool:
    """Whether the noun only describes the next: "a soldier suicide", "a police officer", "a student group"."""
    following = tokens.lows[at + 1] if at + 1 < len(tokens.lows) else ""
    return following in people() or following in (
        "group",
        "base",
        "post",
        "camp",
        "convoy",
        "patrol",
        "vehicle",
        "leader",
        "union",
        "station",
        "party",
        "army",
        "bus",
        "team",
        "unit",
        "force",
        "bomb",
        "attack",
    )


def _upper(lows: list[str], index: int, after: int) -> tuple[int, int] | None:
    """The second number of "between 10 and 15", "10 to 15" or "10-15", and the position after it."""
    if after + 1 >= len(lows) or lows[after] not in ("and", "to", "or", "-", "–"):
        return None
    if lows[after] == "and" and (not index or lows[index - 1] != "between"):
        return None
    return number_at(lows, after + 1)


def _among(lows: list[str], index: int) -> bool:
    """ "…, two women and a child among them": part of those counted before."""
    for position in range(index + 1, min(index + 8, len(lows) - 1)):
        if lows[position] == "among" and lows[position + 1] in ("them", "whom"):
            return True
        if lows[position] in (".", ";", "who", "were", "was", "when") or lows[position] in harms_of():
            return False
    return False


def _excluded(lows: list[str], index: int) -> bool:
    """ "No one" is no figure, and "including 5 children" is part of one that is counted already."""
    if index and lows[index - 1] in (",", "and") and _among(lows, index):
        return True
    ahead = lows[index - 1] if index else ""
    near = lows[max(0, index - 4) : index]
    if (
        {"left", "killed"} & set(near)
        and {"which", "that"} & set(lows[max(0, index - 7) : index])
        and "year" in lows[index:]
    ):
        return True  # "…, which left 200 dead last year"
    unit = lows[index + 1 : index + 2]
    if (
        unit
        and lows[index][0].isdigit()
        and unit[0] in ("division", "brigade", "battalion", "regiment", "corps", "rifles", "squadron", "army")
    ):
        return True
    if lows[index] == "one" and ahead in (
        "this",
        "that",
        "last",
        "latest",
        "another",
        "similar",
        "first",
        "second",
        "which",
    ):
        return True
    if ahead in ("force", "no", "from", "nearest", "class", "highway", "route", "article", "resolution") or any(
        low in ("including", "among", "initial", "include") for low in near
    ):
        return True
    return ahead in ("them", "victims") or (ahead == "," and index > 1 and lows[index - 2] == "them")


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


_CLOSES = frozenset(["were", "was", "have", "had", "and", "in", "on", "at", "during", "near", "by", "dead", "but", "while"])


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
