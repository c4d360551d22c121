"""One person, whom no number counts: "a guard", "killed commander A B", "he was beheaded"."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Mention, Tokens
from conflict_events.converters.articles.what.counted import CIVILIANS, Group, excluded, harms_of, people


def one_person(tokens: Tokens, mentions: list[Mention], index: int) -> Group | None:
    """The one person whom the words at `index` name, by an article, by name or as known; else None."""
    return _one(tokens, mentions, index) or _by_name(tokens, mentions, index) or _known(tokens, mentions, index)


def _one(tokens: Tokens, mentions: list[Mention], index: int) -> Group | None:
    """One person by an article or a possessive: "a mother", "another trooper", "and his driver"."""
    lows = tokens.lows
    low = lows[index]
    joined = index > 0 and lows[index - 1] in ("and", ",")
    if low not in ("a", "an", "another") and not (low in ("his", "her", "their", "the") and joined):
        return None
    if low == "their" or excluded(lows, index):
        return None
    for at in range(index + 1, min(index + 7, len(lows))):
        word = lows[at]
        named = next((m for m in mentions if m.start == at and m.end - m.start > 1), None)
        if named is not None:
            return _member(tokens, named, index)
        if word == "among" or lows[at : at + 2] == ["of", "them"]:
            return None
        if word in ORDINALS and at == index + 1 and low == "a" and not _DIES.isdisjoint(lows[at + 1 : at + 3]):
            return Group(1, 1, "unknown", None, index, index, at, at + 1, True)
        if word.endswith("-year-old") and not (
            lows[at + 1 : at + 2] and lows[at + 1][0].isalpha() and lows[at + 1] != "was"
        ):
            return Group(1, 1, "unknown", None, index, index, at, at + 1, True)
        if word in people() and not _more(tokens, at):
            told = lows[at + 1 : at + 2] in (["dead"], ["was"], ["died"], ["lost"])
            if (
                lows[at + 1 : at + 2] == ["among"]
                or (word in _collective() and not told)
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
                actor = CIVILIANS
            return Group(1, 1, group, actor, index, index, at, at + 1, True)
        if word in words("grammar", "prepositions") or not (word[0].isalnum() or word in ("-", "'s", '"', "“", "”")):
            return None
        if word in words("grammar", "be") or word in harms_of() or word in ("number", "group", "few", "lot"):
            return None
    return None


ORDINALS = frozenset(["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"])
_DIES = frozenset(["died", "succumbed"])  # "three died at the scene and a fourth later died"
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
    known = lows[index - 1] in people() and "the" in lows[max(0, index - 4) : index - 1]  # "the reporter A B": counted
    subject = not known and _was_killed(lows, end)
    return Group(1, 1, "unknown", None, index, index, end, end, True) if object_ or subject else None


def _was_killed(lows: list[str], end: int) -> bool:
    """Whether a name that ends there goes on with "was killed", "was shot dead", "…, a commander, was killed"."""
    if lows[end : end + 1] == [","]:
        limit = min(end + _APPOSED, len(lows))
        end = next((k + 1 for k in range(end + 1, limit) if lows[k] == ","), end)
        end += lows[end : end + 1] == ["who"]
    if lows[end : end + 1] == [","] and lows[end + 1 : end + 2] == ["who"]:
        end += 2
    if lows[end : end + 1] != ["was"]:
        return False
    return lows[end + 1 : end + 2] != [] and (lows[end + 1] in _KILLED or tuple(lows[end + 1 : end + 3]) in _SHOT)


_APPOSED = 14  # tokens that an apposition may have
_SHOT = frozenset([("shot", "dead"), ("gunned", "down"), ("shot", "and"), ("fatally", "shot"), ("hacked", "to")])


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
    if lows[index] != "the" or excluded(lows, index) or any(m.start < index < m.end for m in mentions):
        return None
    for at in range(index + 1, min(index + 4, len(lows))):
        word = lows[at]
        if word in people():
            plural = word.endswith("s") and not word.endswith("ss")
            named = tokens.words[at] != word
            if _more(tokens, at) or plural or named or word in _collective() or people()[word] == "unknown":
                return None
            held = next((m for m in mentions if m.start <= at < m.end or at + 1 < m.start <= at + 3), None)
            group = people()[word]
            actor = CIVILIANS if group == "civilians" else (held.actor if held else None)
            return Group(1, 1, group, actor, index, index, at, at + 1, True, True)
        if not word.isalpha() or word in words("grammar", "prepositions") or word in words("grammar", "be"):
            return None
    return None


def _member(tokens: Tokens, named: Mention, index: int) -> Group | None:
    """ "A New People's Army fighter", "a member of Hezbollah": one of a named party."""
    lows = tokens.lows
    group = "civilians" if named.actor.actor_type == "civilians" else "armed"
    actor = CIVILIANS if group == "civilians" else named.actor
    if lows[named.start] in people() and lows[named.start + 1] == "of" and lows[named.start] not in _collective():
        return Group(1, 1, group, actor, index, index, named.start, named.end, True)
    last = lows[named.end - 2] if lows[named.end - 1] == ")" else lows[named.end - 1]
    at = named.end - 1
    if (last not in people() or last in _collective()) and named.end < len(lows) and lows[named.end] in people():
        last, at = lows[named.end], named.end
    if last not in people() or last in _collective() or last.endswith("s") or _more(tokens, at):
        return None
    return Group(1, 1, group, actor, index, index, at, at + 1, True)


def _collective() -> frozenset[str]:
    return words("casualties", "collective")


def _more(tokens: Tokens, at: int) -> bool:
    """Whether the noun only describes the next: "a soldier suicide", "a police officer", "a student group"."""
    following = tokens.lows[at + 1] if at + 1 < len(tokens.lows) else ""
    if following in ("dead", "killed"):
        return False
    return following in people() or following in words("casualties", "described")
