"""People killed, wounded, captured or missing in a sentence, with the words that count them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Count, Mention, Tokens
from conflict_events.converters.articles.what import counted, people, single
from conflict_events.converters.articles.words.numbers import number_at

_BREAK = frozenset({";", ":", "after", "while", "when", "who", "whose", "which", "as", "that", "because"})
_REACH = 18  # tokens between a count and its verb


def none_reported(tokens: Tokens) -> bool:
    """Whether the sentence says that nobody was harmed."""
    phrases = lexicon("casualties")["hedges"]["none"]
    if _firsts(*phrases).isdisjoint(tokens.lows):
        return False
    text = " ".join(tokens.lows)
    return any(phrase in text for phrase in phrases)


@cache
def _firsts(*phrases: str) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases)


def find(tokens: Tokens, mentions: list[Mention]) -> list[Count]:
    """Counts of people with the harm they came to, in order; objects ("4 vehicles destroyed") are never people."""
    harms = [(i, counted.harms_of()[low]) for i, low in enumerate(tokens.lows) if low in counted.harms_of()]
    if not harms and (_TOLL_WORDS | _BODIES | _LIFE).isdisjoint(tokens.lows):
        return []
    phrases = people.groups(tokens, mentions)
    phrases = [group for group in phrases if not _of_things(tokens, group)]
    told = [_of_words(tokens, group) or _harm(tokens, harms, group.start, group.end) for group in phrases]
    _share(tokens, phrases, told)
    for number, phrase in enumerate(phrases):  # "six were killed in X, four in Y and 17 in Z"
        bare = phrase.end == phrase.after and tokens.lows[phrase.end : phrase.end + 1] == ["in"]
        if told[number] is None and bare and "killed" in told[:number]:
            told[number] = "killed"
    found: list[Count] = []
    for group, harm in zip(phrases, told, strict=True):
        if harm is None or (group.single and harm != "killed"):
            continue
        count = _counted(tokens, group, harm)
        if group.single or not any(_equal(count, other) for other in found):
            found.append(count)
    found = _without_parts(found)
    killed = [count for count in found if count.harm == "killed"]
    if len(killed) > 1:
        found = [replace(count, definite=False) for count in found]
    starts = {group.start for group, harm in zip(phrases, told, strict=True) if harm is not None}
    for count in _tolls(tokens, starts):
        if not any(other.harm == "killed" and other.best == count.best for other in found):
            found.append(count)
    return sorted(found, key=lambda count: count.start)


def _without_parts(found: list[Count]) -> list[Count]:
    """ "Seven children, six girls and a boy": the figures right after one that they add up to are its parts."""
    for number, whole in enumerate(found):
        total = 0
        for end in range(number + 1, len(found)):
            if found[end].harm != whole.harm or found[end].best is None or found[end].start > found[end - 1].end + 3:
                break
            total += found[end].best or 0
            if total == whole.best and end > number + 1:
                return found[: number + 1] + _without_parts(found[end + 1 :])
    return found


def _of_things(tokens: Tokens, group: counted.Group) -> bool:
    """ "In two raids, one in X and one in Y": a number of things told before, not of people."""
    lows = tokens.lows
    if lows[group.start] != "one" or group.end != group.after or lows[group.end : group.end + 1] != ["in"]:
        return False
    for position in range(max(0, group.start - 9), group.start - 1):
        number = number_at(lows, position)
        noun = lows[number[1]] if number is not None and number[1] < len(lows) else "in"
        if noun.isalpha() and noun not in counted.people() and noun not in words("grammar", "prepositions"):
            return not any(low in counted.harms_of() for low in lows[position : group.start])
    return False


def _of_words(tokens: Tokens, group: counted.Group) -> str | None:
    """The harm that nouns say: "31 dead", "a toll of 31 soldiers", "put the dead at 5", "eight bodies were found"."""
    lows = tokens.lows
    if lows[group.after : group.after + 1] in _DEAD or lows[group.end : group.end + 1] == ["dead"]:
        return "killed"
    ahead = lows[max(0, group.begin - 5) : group.begin - 1] if group.begin > 1 else []
    link = lows[group.begin - 1] if group.begin else ""
    if link == "of" and ("toll" in ahead or tokens.lows[group.begin - 2] in ("bodies", "corpses")):
        return "killed"
    if link in ("at", "as") and not {"dead", "deaths", "killed", "wounded", "injured"}.isdisjoint(ahead):
        return "killed" if {"wounded", "injured"}.isdisjoint(ahead) else "wounded"
    if lows[group.end : group.end + 2] == ["to", "death"]:
        return "killed"
    if lows[group.end : group.end + 1] == ["lost"] and lows[group.end + 2 : group.end + 3] == ["life"]:
        return "killed"  # "a guard lost his life"
    found = set(lows[group.end : group.end + 4])
    if lows[group.end - 1] in _BODIES and found & words("grammar", "be") and found & _RECOVERED:
        return "killed"
    return None


_LIFE = frozenset(["life"])
_BODIES = frozenset(["bodies", "corpses"])
_RECOVERED = frozenset(["recovered", "pulled", "retrieved", "found", "brought", "discovered"])


_DEAD = (["dead"], ["deaths"], ["fatalities"])


def _share(tokens: Tokens, groups: list[counted.Group], told: list[str | None]) -> None:
    """Phrases that "and" or a comma joins came to the same harm: "two soldiers and a driver were killed"."""
    for k in range(len(groups) - 2, -1, -1):
        if told[k] is None and told[k + 1] is not None and _joined(tokens, groups[k], groups[k + 1]):
            told[k] = told[k + 1]
    for k in range(1, len(groups)):
        if told[k] is None and told[k - 1] is not None and _joined(tokens, groups[k - 1], groups[k]):
            told[k] = told[k - 1]


def _joined(tokens: Tokens, first: counted.Group, second: counted.Group) -> bool:
    gap = tokens.lows[first.end : second.begin]
    if not gap or len(gap) > 8 or any(low in counted.harms_of() or low in words("grammar", "be") for low in gap):
        return False
    return gap[-1] in ("and", ",", "plus") and not any(
        low in _BREAK or low in ("including", "among", "who") for low in gap
    )


def _counted(tokens: Tokens, group: counted.Group, harm: str) -> Count:
    lows = tokens.lows
    _, said = people.hedge(lows, group.start)
    best: int | None = group.low
    low: int | None = group.low
    high: int | None = group.high
    if group.low != group.high:
        best = None
    elif said == "most":
        low = best = None
    elif said == "least":
        high = None
    after = lows[group.after] if group.after < len(lows) else ""
    start = group.begin
    also = group.definite and not {"too", "also", "well"}.isdisjoint(lows[group.end : group.end + 6])
    additional = (
        also
        or after in ("other", "others", "more")
        or lows[group.start] == "another"
        or (group.single and lows[group.end - 1] in single.ORDINALS)
        or (start > 0 and lows[start - 1] in ("another", "further", "additional"))
    )
    text = " ".join(tokens.words[start : max(group.after, group.start + 1)])
    if group.single:
        text = " ".join(tokens.words[start : min(start + 4, group.end)])
    return Count(
        harm,
        low,
        best,
        high,
        text,
        group.kind,
        group.actor,
        start,
        group.end,
        additional,
        False,
        group.definite and not also,
    )


def _tolls(tokens: Tokens, taken: set[int]) -> list[Count]:
    """ "The death toll rose to 14", "put the number of dead at nine", "a toll of 13": a total without a noun."""
    lows = tokens.lows
    if _TOLL_WORDS.isdisjoint(lows):
        return []
    found: list[Count] = []
    if any(low in ("brings", "bringing", "brought") for low in lows):
        return []  # a sum over more than this event, as often as not
    for index in range(2, len(lows)):
        number = number_at(lows, index)
        begin = people.hedge(lows, index)[0] if number is not None else index
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
        if not _AGES.isdisjoint(ahead[-4:]):
            continue
        told = any(low in _TOLL_WORDS for low in ahead) and not any(low in ("wounded", "injured") for low in ahead[-4:])
        if not (plain and told) or (lows[begin - 1] == "of" and lows[begin - 2] not in ("toll", "count")):
            continue
        start, said = people.hedge(lows, index)
        text = " ".join(tokens.words[start:after])
        high = None if said == "least" else value
        found.append(Count("killed", value, value, high, text, "unknown", None, start, after, toll=True))
    return found


_TOLL_WORDS = frozenset(["toll", "dead", "deaths", "fatalities", "count", "killed"])
_AGES = frozenset(["aged", "ages"])
_TOLL_LINKS = frozenset(["to", "at", "of", "reached", "least"])
_AFTER_TOLL = frozenset(["on", "in", "and", "by", "from", "but", "after", "for", "people"])


def _equal(first: Count, second: Count) -> bool:
    return (first.harm, first.low, first.best, first.high, first.victims, first.actor) == (
        second.harm,
        second.low,
        second.best,
        second.high,
        second.victims,
        second.actor,
    )


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
        if any(low in _BREAK for low in between) or any(
            k for k in range(i + 1, start) if lows[k] in counted.harms_of()
        ):
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
        hurt = lows[i] == "injuries" and not {"sustained", "suffered"}.isdisjoint(between)
        ends = hurt or lows[i] in _ENDS or (lows[i] == "lives" and "lost" in between)
        direct = i == end or ends or aux
        return harm if direct else None
    return None


_ENDS = frozenset(["died", "deaths", "fatalities", "dies", "perished", "succumbed"])
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
