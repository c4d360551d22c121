"""People killed, wounded, captured or missing in a sentence, with the words that count them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from conflict_events.converters.articles.knowledge import adjectives, lexicon, words
from conflict_events.converters.articles.model import Actor, Count, Mention, Tokens
from conflict_events.converters.articles.words.numbers import number_at

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
    """Counts of people with the harm they came to, in order; objects ("4 vehicles destroyed") are never people."""
    harms = [(i, _harms()[low]) for i, low in enumerate(tokens.lows) if low in _harms()]
    if not harms and _TOLL_WORDS.isdisjoint(tokens.lows):
        return []
    groups = _groups(tokens, mentions)
    told = [
        "killed"
        if tokens.lows[group.after : group.after + 1] in _DEAD or _of_toll(tokens.lows, group.begin)
        else _harm(tokens, harms, group.start, group.end)
        for group in groups
    ]
    _share(tokens, groups, told)
    found: list[Count] = []
    for group, harm in zip(groups, told, strict=True):
        if harm is None or (group.single and harm != "killed"):
            continue
        count = _counted(tokens, group, harm)
        if group.single or not any(_equal(count, other) for other in found):
            found.append(count)
    for count in _tolls(tokens, groups):
        if not any(other.harm == "killed" and other.best == count.best for other in found):
            found.append(count)
    return sorted(found, key=lambda count: count.start)


def _of_toll(lows: list[str], begin: int) -> bool:
    """ "A toll of 31 soldiers"."""
    return begin > 1 and lows[begin - 1] == "of" and "toll" in lows[max(0, begin - 4) : begin - 1]


_DEAD = (["dead"], ["deaths"], ["fatalities"])


@dataclass(frozen=True, slots=True)
class _Group:
    """A noun phrase of people: how many, who, and where it stands; `single` where only an article counts it."""

    low: int
    high: int
    kind: str
    actor: Actor | None
    begin: int
    start: int
    after: int
    end: int
    single: bool = False


def _groups(tokens: Tokens, mentions: list[Mention]) -> list[_Group]:
    """Every phrase that counts people: "at least 12 soldiers", "a mother", "his driver"; parts of a total left out."""
    found: list[_Group] = []
    index, lows = 0, tokens.lows
    while index < len(lows):
        number = number_at(lows, index)
        if number is None:
            one = _one(tokens, mentions, index) or _by_name(tokens, mentions, index)
            if one is not None:
                found.append(one)
                index = one.end
            else:
                index += 1
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


def _plural(tokens: Tokens, mentions: list[Mention], index: int, after: int, value: int, second: int) -> _Group | None:
    lows = tokens.lows
    if lows[after : after + 2] in (["of", "them"], ["of", "whom"], ["of", "those"]):
        if lows[after + 1] != "them" or not index or lows[index - 1] not in _TAKES_FIGURE - {"least", "about", "some"}:
            return None
        return _Group(min(value, second), max(value, second), "unknown", None, index, index, after, after)
    kind, end, actor = _who(tokens, mentions, after)
    if not kind:
        following = lows[after] if after < len(lows) else "."
        bare = following in _harms() or following in words("grammar", "be") or following in ("have", "has", "had")
        ahead = lows[index - 1] if index else ""
        object_ = ahead in _TAKES_FIGURE and (
            following in (",", ".", ";", "and", "in", "on", "at", "near", "of", "but", "while", "by", "after", ")")
        )
        if not (bare or object_):
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
    begin, _ = _hedge(lows, index)
    return _Group(min(value, second), max(value, second), kind, actor, begin, index, after, end)


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


def _one(tokens: Tokens, mentions: list[Mention], index: int) -> _Group | None:
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
        if word in _people() and not _more(tokens, at):
            if (
                lows[at + 1 : at + 2] == ["among"]
                or word in _COLLECTIVE
                or (word.endswith("s") and not word.endswith("ss"))
            ):
                return None
            group = _people()[word]
            actor = next((m.actor for m in mentions if m.start <= at < m.end and not m.modifier), None)
            if actor is None and at + 1 < len(lows) and lows[at + 1] == "of":
                named = next((m for m in mentions if at + 1 < m.start <= at + 5), None)
                actor = named.actor if named else actor
                group = "armed" if named and named.actor.actor_type != "civilians" else group
            if actor is not None and actor.actor_type not in ("civilians", "protesters", "rioters"):
                group = "armed"
            if group == "civilians":
                actor = _CIVILIANS
            return _Group(1, 1, group, actor, index, index, at, at + 1, True)
        if word in words("grammar", "prepositions") or not (word[0].isalnum() or word in ("-", "'s", '"', "“", "”")):
            return None
        if word in words("grammar", "be") or word in _harms() or word in ("number", "group", "few", "lot"):
            return None
    return None


_KILLED = frozenset(["killed", "assassinated", "executed", "beheaded", "eliminated", "murdered"])


def _by_name(tokens: Tokens, mentions: list[Mention], index: int) -> _Group | None:
    """One person by name: "killed Abu X al-Y, an ISIS leader", "Abu X al-Y was killed"."""
    lows, words_ = tokens.lows, tokens.words
    if not words_[index][:1].isupper() or (index and words_[index - 1][:1].isupper() and index > 1):
        return None
    end = index
    while end < len(lows) and (words_[end][:1].isupper() or lows[end].startswith(("al-", "el-"))) and end - index < 6:
        end += 1
    if end - index < 2 or any(m.start < end and index < m.end for m in mentions):
        return None
    object_ = index > 0 and lows[index - 1] in _KILLED and lows[end : end + 1] == [","]
    object_ = object_ and lows[end + 1 : end + 2] in (["a"], ["an"], ["the"], ["who"], ["one"])
    subject = lows[end : end + 1] == ["was"] and end + 1 < len(lows) and lows[end + 1] in _KILLED
    return _Group(1, 1, "unknown", None, index, index, end, end, True) if object_ or subject else None


def _member(tokens: Tokens, named: Mention, index: int) -> _Group | None:
    """ "A New People's Army fighter", "a member of Hezbollah": one of a named party."""
    lows = tokens.lows
    group = "civilians" if named.actor.actor_type == "civilians" else "armed"
    actor = _CIVILIANS if group == "civilians" else named.actor
    if lows[named.start] in _people() and lows[named.start + 1] == "of" and lows[named.start] not in _COLLECTIVE:
        return _Group(1, 1, group, actor, index, index, named.start, named.end, True)
    last = lows[named.end - 2] if lows[named.end - 1] == ")" else lows[named.end - 1]
    at = named.end - 1
    if last not in _people() and named.end < len(lows) and lows[named.end] in _people():
        last, at = lows[named.end], named.end
    if last not in _people() or last in _COLLECTIVE or last.endswith("s") or _more(tokens, at):
        return None
    return _Group(1, 1, group, actor, index, index, at, at + 1, True)


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
    return following in _people() or following in (
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


def _share(tokens: Tokens, groups: list[_Group], told: list[str | None]) -> None:
    """Phrases that "and" or a comma joins came to the same harm: "two soldiers and a driver were killed"."""
    for k in range(len(groups) - 2, -1, -1):
        if told[k] is None and told[k + 1] is not None and _joined(tokens, groups[k], groups[k + 1]):
            told[k] = told[k + 1]
    for k in range(1, len(groups)):
        if told[k] is None and told[k - 1] is not None and _joined(tokens, groups[k - 1], groups[k]):
            told[k] = told[k - 1]


def _joined(tokens: Tokens, first: _Group, second: _Group) -> bool:
    gap = tokens.lows[first.end : second.begin]
    if not gap or len(gap) > 8 or any(low in _harms() or low in words("grammar", "be") for low in gap):
        return False
    return gap[-1] in ("and", ",", "plus") and not any(
        low in _BREAK or low in ("including", "among", "who") for low in gap
    )


def _counted(tokens: Tokens, group: _Group, harm: str) -> Count:
    lows = tokens.lows
    _, hedge = _hedge(lows, group.start)
    best: int | None = group.low
    low: int | None = group.low
    high: int | None = group.high
    if group.low != group.high:
        best = None
    elif hedge == "most":
        low = best = None
    elif hedge == "least":
        high = None
    after = lows[group.after] if group.after < len(lows) else ""
    start = group.begin
    additional = (
        after in ("other", "others", "more")
        or lows[group.start] == "another"
        or (start > 0 and lows[start - 1] in ("another", "further", "additional"))
    )
    text = " ".join(tokens.words[start : max(group.after, group.start + 1)])
    if group.single:
        text = " ".join(tokens.words[start : min(start + 4, group.end)])
    return Count(harm, low, best, high, text, group.kind, group.actor, start, group.end, additional)


def _tolls(tokens: Tokens, groups: list[_Group]) -> list[Count]:
    """ "The death toll rose to 14", "put the number of dead at nine", "a toll of 13": a total without a noun."""
    lows = tokens.lows
    if _TOLL_WORDS.isdisjoint(lows):
        return []
    taken = {group.start for group in groups}
    found: list[Count] = []
    if any(low in ("brings", "bringing", "brought") for low in lows):
        return []  # a sum over more than this event, as often as not
    for index in range(2, len(lows)):
        number = number_at(lows, index)
        begin = _hedge(lows, index)[0] if number is not None else index
        if number is None or index in taken or begin < 2 or lows[begin - 1] not in _TOLL_LINKS:
            continue
        value, after = number
        following = lows[after] if after < len(lows) else "."
        plain = (
            not following.isalpha()
            or following in _BREAK | _AFTER_TOLL
            or following in words("grammar", "prepositions")
        )
        ahead = lows[max(0, index - 16) : index]
        told = any(low in _TOLL_WORDS for low in ahead) and not any(low in ("wounded", "injured") for low in ahead[-4:])
        if not (plain and told) or (lows[begin - 1] == "of" and lows[begin - 2] not in ("toll", "count")):
            continue
        start, hedge = _hedge(lows, index)
        text = " ".join(tokens.words[start:after])
        high = None if hedge == "least" else value
        found.append(Count("killed", value, value, high, text, "unknown", None, start, after, toll=True))
    return found


_TOLL_WORDS = frozenset(["toll", "dead", "deaths", "fatalities", "count", "killed"])
_TOLL_LINKS = frozenset(["to", "at", "of", "reached", "least"])
_AFTER_TOLL = frozenset(["on", "in", "and", "by", "from", "but", "after", "for", "people"])


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
    if ahead in ("force", "no", "from", "nearest", "class", "highway", "route", "article", "resolution") or any(
        low in ("including", "among", "initial", "include") for low in near
    ):
        return True
    return ahead in ("them", "victims") or (ahead == "," and index > 1 and lows[index - 2] == "them")


def _equal(first: Count, second: Count) -> bool:
    return (first.harm, first.low, first.best, first.high, first.victims, first.actor) == (
        second.harm,
        second.low,
        second.best,
        second.high,
        second.victims,
        second.actor,
    )


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
        if not low[0].isalpha() and low not in ("'s", "-", '"', "“", "”"):
            break
    return "", position, None


def _harm(tokens: Tokens, harms: list[tuple[int, str]], start: int, end: int) -> str | None:
    """The harm that the count goes with: the verb after it ("49 were killed"), else the one before ("killing 49")."""
    lows = tokens.lows
    after = [(i, harm) for i, harm in harms if end <= i < end + _REACH]
    before = [(i, harm) for i, harm in harms if start - 8 <= i < start]
    active = [
        "killing",
        "wounding",
        "injuring",
        "capturing",
        "detaining",
        "kills",
        "injures",
        "arresting",
        "beheading",
        "executing",
        "massacring",
        "eliminating",
        "maiming",
    ]
    copula = words("grammar", "be") | words("grammar", "have")
    if after and after[0][0] > end and all(low in copula for low in lows[end : after[0][0]]):
        return after[0][1]
    for i, harm in before[::-1]:
        between = lows[i + 1 : start]
        if any(low in _BREAK for low in between) or any(k for k in range(i + 1, start) if lows[k] in _harms()):
            break
        passive = any(lows[k] in words("grammar", "be") for k in range(max(0, i - 3), i))
        shot = lows[i] == "dead" and i and lows[i - 1] in ("shot", "shooting", "shoot")
        of = lows[i] in ("death", "deaths", "martyrdom", "killing", "killings", "massacre") and lows[i + 1 : i + 2] == [
            "of"
        ]
        transitive = shot or of or lows[i] in active or (not passive and lows[i] not in _INTRANSITIVE)
        if transitive and not (after and after[0][0] == end):
            return harm
        if passive and "and" in between and not after:
            return harm
    if start and lows[start - 1] in ("lost", "losing") and end > start and lows[end - 1] in _LOSABLE:
        return "killed"
    for i, harm in after:
        between = lows[end:i]
        if any(low in _BREAK or low in words("attribution", "verbs") for low in between):
            return None
        if lows[i] in active:
            return None
        aux = any(low in words("grammar", "be") or low in words("grammar", "have") for low in between)
        direct = i == end or lows[i] in ("died", "deaths", "fatalities", "dies", "perished", "succumbed") or aux
        return harm if direct else None
    return None


_LOSABLE = frozenset(
    ["men", "soldiers", "troops", "fighters", "militants", "officers", "policemen", "members", "rebels", "people"]
)
_INTRANSITIVE = frozenset(
    [
        "dead",
        "died",
        "die",
        "dies",
        "deaths",
        "death",
        "perished",
        "fatalities",
        "martyrs",
        "succumbed",
        "deceased",
        "fallen",
        "missing",
        "hurt",
        "treated",
        "burns",
    ]
)


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
