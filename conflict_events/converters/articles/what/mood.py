"""Whether the words around a verb say that it happened: no plan, wish, possibility, denial or quotation."""

from __future__ import annotations

from functools import cache

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Tokens, Trigger
from conflict_events.converters.articles.words.tokens import Phrases


def auxiliary(tokens: Tokens, start: int) -> tuple[bool, bool]:
    """(passive, has an auxiliary) by the words before a participle, adverbs skipped."""
    position, seen = start - 1, False
    while position >= 0 and start - position <= 5:
        low = tokens.lows[position]
        if low in words("grammar", "be"):
            return True, True
        if low in words("grammar", "have"):
            seen = True
            break
        joined = low == "and" and position > 0 and tokens.lows[position - 1].endswith(("ed", "ck"))
        adverb = low.endswith("ly") or low in ("also", "not", "then", "subsequently", "later", "yesterday")
        if not (adverb or joined or (position + 1 < start and tokens.lows[position + 1] == "and")):
            break
        position -= 1
    return False, seen


def happened(tokens: Tokens, trigger: Trigger) -> bool:
    """False where the words before the trigger make it a plan, a wish, a possibility or a denial."""
    lows, position = tokens.lows, trigger.start - 1
    if position >= 0 and lows[position] == "to" and not trigger.noun:
        before = lows[position - 1] if position else ""
        return before in words("grammar", "achieved")
    if lows[position : position + 1] == ["have"] and position and lows[position - 1] == "to":
        return True
    steps = 0
    while position >= 0 and steps < 8:
        low = lows[position]
        if low in (";", ":", "—", "–", "that", "who", "which", ",", "after", "when", "while"):
            break
        if low in words("grammar", "modals") and not (low == "may" and tokens.words[position] == "May"):
            return False
        if low in words("grammar", "negations"):
            return low == "no" and trigger.noun is False
        if low in words("grammar", "intent") and not (low in ("continue", "set", "order", "help") and steps > 1):
            bound = any(lows[k] in ("to", "of", "for", "a", "an") for k in range(position + 1, trigger.start))
            if bound or steps == 0:
                return False
        position -= 1
        steps += 1
    return True


def averted(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether the words around a trigger say that it was called off, averted or ruled out."""
    lows = tokens.lows
    if trigger.noun:
        end = trigger.end
        while (
            end < len(lows) and end - trigger.end < 12 and lows[end] not in (";", "after", "but", "and", "that", "who")
        ):
            end += 1
        for position in range(trigger.end, end - 1):
            if lows[position] in ("was", "were", "is", "been") and _averted().at(lows, position + 1) is not None:
                return True
    harmed = not {"killing", "killed", "wounding", "injuring", "died"}.isdisjoint(lows)
    if not harmed and _ruled_out().all(lows[max(0, trigger.start - 5) : trigger.start]):
        return True
    return lows[0] == "had" and "would" in lows[trigger.end :]


def _describes(lows: list[str], position: int) -> bool:
    """Whether a noun follows, so that the word only describes it: "attacked a tax office"."""
    following = lows[position + 1] if position + 1 < len(lows) else ""
    closed = ("prepositions", "be", "have", "subordinators", "relatives", "modals")
    plain = following.isalpha() and following not in ("and", "or", "but")
    return plain and not any(following in words("grammar", key) for key in closed)


@cache
def _averted() -> Phrases:
    return Phrases.of(lexicon("grammar")["averted"])


@cache
def _ruled_out() -> Phrases:
    return Phrases.of(lexicon("grammar")["ruled_out"])


def figurative(tokens: Tokens, trigger: Trigger) -> bool:
    """Whether the words beside a trigger show another sense: "heart attack", "battle for the title", "bomb cyclone"."""
    lows = tokens.lows
    if trigger.noun and trigger.start and lows[trigger.start - 1] in _figure("ahead"):
        return True
    if trigger.kind == "territory" and not trigger.noun and trigger.start == 0:
        return False
    position = trigger.end
    steps = 0
    while position < len(lows) and steps < 4:
        low = lows[position]
        if low in _figure("after"):
            beside = trigger.noun and position == trigger.end  # "bomb cyclone"
            return tokens.words[position] == low and (beside or not _describes(lows, position))
        if not (
            low in words("grammar", "determiners")
            or low in ("on", "for", "with", "against", "over", "to", "from", "'s", "long")
        ):
            return False
        position += 1
        steps += 1
    return False


@cache
def _figure(key: str) -> frozenset[str]:
    return frozenset(lexicon("grammar")["figurative"][key])


def quoted(tokens: Tokens, index: int) -> bool:
    """Whether an opening quotation mark before `index` is still open, and the quotation is more than a word or two."""
    ahead = [low for low in tokens.lows[max(0, index - 2) : index] if low not in ("'", "‘", '"', "“")]
    if ahead and ahead[-1] in ("term", "word", "phrase"):
        return True  # "uses the term neutralised for …"
    opened = -1
    for position in range(index):
        word = tokens.words[position]
        if word == "“" or (word == '"' and opened < 0):
            opened = position
        elif word in ("”", '"'):
            opened = -1
    if opened < 0:
        return False
    closing = next((k for k in range(index, len(tokens.words)) if tokens.words[k] in ("”", '"')), len(tokens.words))
    return closing - opened > 4
