"""People killed, wounded, captured or missing in a sentence, with the words that count them."""

from __future__ import annotations

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Count, Mention, Tokens
from conflict_events.converters.articles.what import people
from conflict_events.converters.articles.words.numbers import number_at

_BREAK = frozenset({";", ":", "after", "while", "when", "who", "which", "as", "that", "because"})
_NONE = frozenset({"no", "nobody", "without"})
_REACH = 14  # tokens between a count and its verb


def none_reported(tokens: Tokens) -> bool:
    """Whether the sentence says that nobody was harmed."""
    if _NONE.isdisjoint(tokens.lows):
        return False
    text = " ".join(tokens.lows)
    return any(phrase in text for phrase in lexicon("casualties")["hedges"]["none"])


def find(tokens: Tokens, mentions: list[Mention]) -> list[Count]:
    """Counts of people with the harm they came to, in order; objects ("4 vehicles destroyed") are never people."""
    harms = [(i, people.harms_of()[low]) for i, low in enumerate(tokens.lows) if low in people.harms_of()]
    if not harms and _TOLL_WORDS.isdisjoint(tokens.lows):
        return []
    phrases = people.groups(tokens, mentions)
    told = [
        "killed"
        if tokens.lows[group.after : group.after + 1] in _DEAD or _of_toll(tokens.lows, group.begin)
        else _harm(tokens, harms, group.start, group.end)
        for group in phrases
    ]
    _share(tokens, phrases, told)
    found: list[Count] = []
    for group, harm in zip(phrases, told, strict=True):
        if harm is None or (group.single and harm != "killed"):
            continue
        count = _counted(tokens, group, harm)
        if group.single or not any(_equal(count, other) for other in found):
            found.append(count)
    for count in _tolls(tokens, phrases):
        if not any(other.harm == "killed" and other.best == count.best for other in found):
            found.append(count)
    return sorted(found, key=lambda count: count.start)


def _of_toll(lows: list[str], begin: int) -> bool:
    """ "A toll of 31 soldiers"."""
    return begin > 1 and lows[begin - 1] == "of" and "toll" in lows[max(0, begin - 4) : begin - 1]


_DEAD = (["dead"], ["deaths"], ["fatalities"])


def _share(tokens: Tokens, groups: list[people.Group], told: list[str | None]) -> None:
    """Phrases that "and" or a comma joins came to the same harm: "two soldiers and a driver were killed"."""
    for k in range(len(groups) - 2, -1, -1):
        if told[k] is None and told[k + 1] is not None and _joined(tokens, groups[k], groups[k + 1]):
            told[k] = told[k + 1]
    for k in range(1, len(groups)):
        if told[k] is None and told[k - 1] is not None and _joined(tokens, groups[k - 1], groups[k]):
            told[k] = told[k - 1]


def _joined(tokens: Tokens, first: people.Group, second: people.Group) -> bool:
    gap = tokens.lows[first.end : second.begin]
    if not gap or len(gap) > 8 or any(low in people.harms_of() or low in words("grammar", "be") for low in gap):
        return False
    return gap[-1] in ("and", ",", "plus") and not any(
        low in _BREAK or low in ("including", "among", "who") for low in gap
    )


def _counted(tokens: Tokens, group: people.Group, harm: str) -> Count:
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
    additional = (
        after in ("other", "others", "more")
        or lows[group.start] == "another"
        or (start > 0 and lows[start - 1] in ("another", "further", "additional"))
    )
    text = " ".join(tokens.words[start : max(group.after, group.start + 1)])
    if group.single:
        text = " ".join(tokens.words[start : min(start + 4, group.end)])
    return Count(harm, low, best, high, text, group.kind, group.actor, start, group.end, additional)


def _tolls(tokens: Tokens, groups: list[people.Group]) -> list[Count]:
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
        told = any(low in _TOLL_WORDS for low in ahead) and not any(low in ("wounded", "injured") for low in ahead[-4:])
        if not (plain and told) or (lows[begin - 1] == "of" and lows[begin - 2] not in ("toll", "count")):
            continue
        start, said = people.hedge(lows, index)
        text = " ".join(tokens.words[start:after])
        high = None if said == "least" else value
        found.append(Count("killed", value, value, high, text, "unknown", None, start, after, toll=True))
    return found


_TOLL_WORDS = frozenset(["toll", "dead", "deaths", "fatalities", "count", "killed"])
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
        if any(low in _BREAK for low in between) or any(k for k in range(i + 1, start) if lows[k] in people.harms_of()):
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
