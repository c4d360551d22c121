"""Whom a sentence credits, and how it is put."""

from __future__ import annotations

from functools import cache

from conflict_events.converters.articles.knowledge import lexicon, words
from conflict_events.converters.articles.model import Claim, Tokens
from conflict_events.converters.articles.what.actions import says
from conflict_events.converters.articles.words.numbers import number_at

_STOP = frozenset({",", ";", ":", "(", '"', "“", "that", "but", "and", "because", "after", "."})


def find(tokens: Tokens) -> Claim:
    """The claim of a sentence: "According to X", "X said that", "reports appeared that"; else the article's voice."""
    denied = bool(says(tokens, "denials"))
    assertion = "denied" if denied else "claimed"
    for start, end in says(tokens, "after"):
        name = _name_after(tokens, end)
        if name:
            return Claim(name, kind_of(name), assertion, (start, end + len(name.split()) + 1))
    for start, end in says(tokens, "hearsay"):
        verbs = says(tokens, "verbs")
        who = next((_name_before(tokens, s) for s, _ in verbs if s < start or s > end), None)
        if tokens.lows[start] in ("reports", "there", "unconfirmed", "unverified"):
            return Claim("reports", "anonymous", assertion)
        return Claim(who, kind_of(who) if who else "anonymous", assertion)
    for start, end in says(tokens, "verbs"):
        following = tokens.lows[end] if end < len(tokens.lows) else "."
        previous = tokens.lows[start - 1] if start else ""
        if previous in words("grammar", "be") or previous in ("of", "the", "no", "any", "these"):
            continue
        if tokens.lows[start] in ("claimed", "claims", "reports", "states") and following in ("the", "responsibility"):
            continue
        name = _name_before(tokens, start) or (_name_after(tokens, end) if following not in ("that", ":") else None)
        if name:
            return Claim(name, kind_of(name), assertion, _aside(tokens, start, end))
    return Claim(None, None, "denied" if denied else "stated")


_CREDIT = 9  # tokens that a credit at the end of a sentence has after its verb


@cache
def kind_of(name: str) -> str:
    """reports.claimant_type by the words of the claimant's name; a bare name counts as an official's."""
    padded = f" {name.lower()} "
    for entry in lexicon("attribution")["claimants"]:
        if any(f" {word} " in padded or f" {word}s " in padded for word in entry["words"]):
            return str(entry["type"])
    return "anonymous" if name.islower() else "government"


def _aside(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """The credit that ends a sentence, from its sign on: ", the army said." and ", said the army on Sunday."."""
    if not set(tokens.lows[end : end + 2]).isdisjoint({"that", ":", ","}):
        return None
    if len(tokens.lows) - end > _CREDIT:
        return None  # what is said follows
    signs = (",", '"', "”", "—", "–")
    sign = next((k for k in range(start - 1, max(0, start - 10), -1) if tokens.lows[k] in signs), None)
    return (sign, len(tokens.lows)) if sign is not None else None


def _name_after(tokens: Tokens, start: int) -> str | None:
    end = start
    while end < len(tokens.lows) and end - start < 9 and tokens.lows[end] not in _STOP and not _verb(tokens.lows[end]):
        end += 1
    first = start + 1 if start < end and tokens.lows[start] in ("the", "a", "an", "some") else start
    while end < len(tokens.lows) and first < end and tokens.lows[end - 1] in words("grammar", "prepositions"):
        end -= 1
    name = " ".join(tokens.words[first:end])
    if first < end and number_at(tokens.lows, first) is not None:
        return None  # "said nine soldiers had died"
    return name if first < end and any(c.isalpha() for c in name) else None


def _name_before(tokens: Tokens, end: int) -> str | None:
    if end > 1 and tokens.words[end - 1] == ")":  # "the Syrian Democratic Forces (SDF) said"
        end = next((k for k in range(end - 2, max(-1, end - 6), -1) if tokens.words[k] == "("), end)
    if end > 2 and tokens.lows[end - 1] == ",":  # "Captain X, an officer in Y, said"
        opening = next((k for k in range(end - 2, max(0, end - 18), -1) if tokens.lows[k] == ","), None)
        named = opening is not None and (
            tokens.words[opening - 1][:1].isupper() or tokens.lows[opening - 1] in words("attribution", "bodies")
        )
        if opening is None or not named:
            return None
        end = opening
    start = end
    while start > 0 and end - start < 9 and tokens.lows[start - 1] not in _STOP:
        start -= 1
    first = start + 1 if start < end and tokens.lows[start] in ("the", "a", "an", "some", "also") else start
    listed = tokens.lows[first:end]
    if not listed or listed[0] in ("he", "she", "it", "they", "who", "which") or any(_verb(low) for low in listed):
        return None
    return " ".join(tokens.words[first:end])


def _verb(low: str) -> bool:
    return low in words("grammar", "be") or low in words("grammar", "have") or low in words("grammar", "modals")
