"""Words that tell of an event, and whether the sentence says that it happened."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Mention, Tokens, Trigger
from conflict_events.converters.articles.syntax import Parse
from conflict_events.converters.articles.what import modality
from conflict_events.converters.articles.what.mood import auxiliary, averted, figurative, happened, quoted
from conflict_events.converters.articles.words.inflection import inflect
from conflict_events.converters.articles.words.tokens import Phrases


class Form(NamedTuple):
    """One inflected verb or one noun of the actions lexicon."""

    kind: str
    subtype: str | None
    noun: bool
    form: str
    key: str


_KEYS = ("verbs", "reversed", "undergone", "placed")
_GAP = "..."
_LONGEST_GAP = 8


@cache
def _triggers() -> Phrases:
    phrases = Phrases()
    for action in lexicon("actions")["actions"]:
        kind, subtype = action["class"], action.get("subtype")
        for key in _KEYS:
            for verb in action.get(key, ()):
                if _GAP not in verb:
                    for name, form in inflect(verb).items():
                        phrases.add(form, Form(kind, subtype, False, name, key))
        for noun in action.get("nouns", ()):
            phrases.add(noun, Form(kind, subtype, True, "noun", "nouns"))
    return phrases


@cache
def _gapped() -> dict[str, list[tuple[list[str], list[str], Form]]]:
    """Verbs with their object inside, "set ... ablaze": first word -> words ahead of the gap, words after it, form."""
    found: dict[str, list[tuple[list[str], list[str], Form]]] = {}
    for action in lexicon("actions")["actions"]:
        for key in _KEYS:
            for verb in action.get(key, ()):
                head, gap, tail = (part.strip() for part in verb.partition(_GAP))
                for name, form in inflect(head).items() if gap else ():
                    entry = (form.split(), tail.split(), Form(action["class"], action.get("subtype"), False, name, key))
                    found.setdefault(entry[0][0], []).append(entry)
    return {first: sorted(listed, key=lambda entry: -len(entry[0]) - len(entry[1])) for first, listed in found.items()}


def _parted(lows: list[str]) -> dict[int, tuple[int, list[Form]]]:
    """Where a verb with its object inside begins: the end of its first part, and its forms."""
    found: dict[int, tuple[int, list[Form]]] = {}
    for index, low in enumerate(lows):
        for head, tail, form in _gapped().get(low, ()):
            end = index + len(head)
            if lows[index:end] != head:
                continue
            for at in range(end + 1, min(end + _LONGEST_GAP, len(lows) - len(tail) + 1)):
                if lows[at - 1] in (".", ";", ":", "that", "who", "which", "when", "while", "after"):
                    break
                if lows[at : at + len(tail)] == tail:
                    previous = found.get(index)
                    if previous is None:
                        found[index] = (end, [form])
                    elif previous[0] == end and previous[1][0].kind == form.kind:
                        previous[1].append(form)
                    break
    return found


@cache
def _inflected(key: str) -> Phrases:
    phrases = Phrases()
    for verb in lexicon("grammar")[key]:
        for name, form in inflect(verb).items():
            if name != "third":  # "targets", "strikes" and "hits" are nouns more often
                phrases.add(form, True)
    return phrases


_LISTS = {
    "grammar": ("accidents", "analysis", "background", "besides", "conditionals", "totals", "untrue"),
    "attribution": ("after", "blames", "claims", "denials", "hearsay", "verbs"),
}


@cache
def _listed() -> Phrases:
    phrases = Phrases()
    for name, keys in _LISTS.items():
        for key in keys:
            for phrase in lexicon(name)[key]:
                phrases.add(phrase, key)
    return phrases


def says(tokens: Tokens, key: str) -> list[tuple[int, int]]:
    """Where phrases of a list of lexicon/grammar.toml or attribution.toml stand; one pass looks up all lists."""
    if not tokens.said:
        tokens.said.update(_listed().by_value(tokens.lows))
        tokens.said[""] = []
    return tokens.said.get(key, [])


def scene(tokens: Tokens) -> bool:
    """Whether the sentence is of sport, art, commerce, weather or beasts; see `figurative` in lexicon/grammar.toml."""
    return bool(_scenes().all(tokens.lows))


@cache
def _scenes() -> Phrases:
    return Phrases.of(lexicon("grammar")["figurative"]["scenes"])


def support_verb(tokens: Tokens, index: int) -> bool:
    """Whether a verb that only carries a noun stands at `index`."""
    return _inflected("support_verbs").at(tokens.lows, index) is not None


def event_verb(tokens: Tokens, index: int) -> bool:
    """Whether a verb that makes a noun an event stands at `index`."""
    return _inflected("event_verbs").at(tokens.lows, index) is not None


def may_tell(tokens: Tokens) -> bool:
    """Whether the sentence holds a word of the actions lexicon at all."""
    return bool(_parted(tokens.lows) or _triggers().all(tokens.lows))


def find(tokens: Tokens, mentions: list[Mention], parse: Parse | None = None) -> list[Trigger]:
    """Triggers that the sentence says happened, from left to right; by its parse where there is one."""
    ends = {mention.end: mention for mention in mentions}
    starts = {mention.start for mention in mentions}
    conditions = says(tokens, "conditionals")
    first_condition = conditions[0][0] if conditions else len(tokens.lows)
    found: list[Trigger] = []
    parted = _parted(tokens.lows)
    whole = _triggers().all(tokens.lows)
    phrases = {start for start, end, _ in whole if end - start > 1 and end >= parted.get(start, (0, []))[0]}
    matches = [match for match in whole if match[0] not in parted or match[0] in phrases]
    matches += [(start, end, forms) for start, (end, forms) in parted.items() if start not in phrases]
    for start, end, forms in sorted(matches, key=lambda match: match[0]):
        if any(m.start <= start and end <= m.end and end - start < m.end - m.start for m in mentions):
            continue  # "special operations forces" is an actor
        if tokens.lows[end : end + 1] == ["place"] and tokens.lows[start] in (
            "took",
            "take",
            "taken",
            "takes",
            "taking",
        ):
            continue
        trigger = _read(tokens, start, end, forms, ends, starts)
        if trigger is None or (parse is None and start > first_condition) or quoted(tokens, start):
            continue
        told = happened(tokens, trigger) if parse is None else modality.told(parse, tokens, trigger)
        if told and not averted(tokens, trigger) and not figurative(tokens, trigger):
            found.append(trigger)
    return found


def _read(
    tokens: Tokens, start: int, end: int, forms: list[Form], actor_ends: dict[int, Mention], actor_starts: set[int]
) -> Trigger | None:
    verbs = [form for form in forms if not form.noun]
    nouns = [form for form in forms if form.noun]
    beside = (tokens.words[start - 1][:1], tokens.words[end][:1] if end < len(tokens.words) else "")
    if start and tokens.words[start][:1].isupper() and any(sign.isupper() for sign in beside) and end - start == 1:
        title = sum(word[:1].isupper() for word in tokens.words) > 0.7 * len(tokens.words)
        if nouns and not title and tokens.lows[start - 1] not in words("grammar", "determiners") and start > 1:
            return None  # a name: "the Joint Forces Operation"
    if nouns and tokens.lows[start] in ("grenade", "grenades") and previous_is(tokens, start, "propelled"):
        return None  # a rocket-propelled grenade is a weapon of any fight
    if nouns and (not verbs or _is_noun(tokens, start, end, verbs[0], actor_ends, actor_starts)):
        if end < len(tokens.lows) and tokens.lows[end] in words("grammar", "after_weapon"):
            return None  # "attack planners", "strike assessments"
        return Trigger(start, end, nouns[0].kind, nouns[0].subtype, True)
    if not verbs:
        return None
    form = verbs[0]
    names = {verb.form for verb in verbs}
    previous = tokens.lows[start - 1] if start else ""
    passive, has_auxiliary = auxiliary(tokens, start)
    following = tokens.lows[end] if end < len(tokens.lows) else ""
    undergone, turned, placed = (form.key == key for key in ("undergone", "reversed", "placed"))

    def made(passive: bool = False, participle: bool = False) -> Trigger:
        return Trigger(start, end, form.kind, form.subtype, False, passive or undergone, turned, participle, placed)

    if names & {"past", "part"}:
        described = previous in words("grammar", "determiners") or previous in _ADJECTIVE_AFTER
        adjectival = not has_auxiliary and (described or (previous == "'s" and form.kind == "territory"))
        reduced = form.kind in _SUFFERED and following in _AFTER_REDUCED and previous not in ("and", ",", "who", "then")
        reduced = reduced and tokens.lows[end : end + 2] not in (["at", "least"], ["at", "most"])
        if not has_auxiliary and "past" in names and (following == "by" or (reduced and start in actor_ends)):
            passive = True
        if adjectival and following != "by" and not undergone:
            if form.kind in _SUFFERED and previous == "the" and _closed(following):
                return None  # "the injured were taken to hospital"
            return made(participle=True)
        return made(passive)
    if "ing" in names:
        if previous in ("by", "of", "for", "without", "against", "from", "about", "start", "stop"):
            return None
        return made()
    if "third" in names and (
        previous in words("grammar", "determiners") or previous in words("grammar", "prepositions")
    ):
        return None  # "the families of martyrs", "the butchers"
    if previous == "to" or start in actor_ends or previous in ("and", "also") or "third" in names:
        return made()
    return None


def _closed(low: str) -> bool:
    """Whether no noun follows: a sign, a verb or a function word."""
    keys = ("prepositions", "be", "have", "modals", "relatives", "subordinators")
    return not low.isalpha() or low in ("and", "number", "or") or any(low in words("grammar", key) for key in keys)


def previous_is(tokens: Tokens, start: int, part: str) -> bool:
    """Whether the word ahead of `start` ends in a part: "rocket-propelled"."""
    return start > 0 and tokens.lows[start - 1].endswith(part)


_SUFFERED = frozenset(["kill", "wound", "abduct", "arrest", "execute"])
_AFTER_REDUCED = frozenset(
    ["in", "when", "by", "on", "at", "during", "after", "near", "as", "while", ".", "so", "since"]
)
_ADJECTIVE_AFTER = frozenset(
    ["of", "in", "from", "guarding", "with", "to", "on", "for", "previously", "newly", "recently", "into", "around"]
)


def _is_noun(
    tokens: Tokens, start: int, end: int, verb: Form, actor_ends: dict[int, Mention], actor_starts: set[int]
) -> bool:
    previous = tokens.lows[start - 1] if start else ""
    following = tokens.lows[end] if end < len(tokens.lows) else ""
    if verb.form in ("past", "part"):
        return False
    if previous in ("to", "will", "would", "could", "may", "might", "can", "should", "must", "n't", "not"):
        return False
    if previous in ("was", "were", "are", "is", "been") and verb.form == "ing":
        return False
    if start in actor_ends and end in actor_starts:
        return False
    return not (start in actor_ends and following in ("the", "a", "an", "its", "their"))
