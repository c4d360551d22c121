"""Whether a text is English prose, paragraph by paragraph: a page in two languages is read where it is English."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from conflict_events.converters.articles.knowledge import lexicon

_ODD = re.compile(r"[\ufffd\x00-\x08\x0b\x0e-\x1f]")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")
_SAMPLE = 2_000  # code points of a paragraph that are looked at
_ENOUGH = 100  # letters of English prose, which are worth reading whatever stands beside them
_FEW = 12  # words; a longer text without a word of English is another language


def foreign(text: str) -> bool:
    """Whether a paragraph is in another language or another script."""
    return _kind(text) == "other"


def unreadable(text: str, given: str, notice: Callable[[str], bool]) -> str | None:
    """Why a text cannot be read as English prose ("empty", "binary" or "language"), or None.

    `text` is the cleaned text, `given` the text as it was handed in, whose control characters tell a binary file;
    `notice` says that a line is no prose: English buttons around a French story make it no English story.
    """
    raw = given[:4_000]
    if len(_ODD.findall(raw)) > 0.05 * len(raw):
        return "binary"
    letters = {"en": 0, "other": 0, "": 0}
    unknown = 0
    for line in text.split("\n"):
        kind = _kind(line) if line.strip() else ""
        if kind == "en" and len(line) < 300 and letters["en"] < _ENOUGH and notice(line):
            continue
        letters[kind] += sum(map(str.isalpha, line))
        unknown += len(_WORD.findall(line[:_SAMPLE])) if not kind else 0
    if not text.strip():
        return "empty"
    if letters["en"] and (letters["en"] >= _ENOUGH or letters["en"] >= 0.2 * letters["other"]):
        return None
    if sum(letters.values()) < 0.4 * len("".join(text.split())):
        return "binary"
    return "language" if letters["other"] or unknown > _FEW else None


@lru_cache(maxsize=512)
def _kind(text: str) -> str:
    """ "en", "other", or "" where too few words tell."""
    sample = text[:_SAMPLE]
    if not sample.isascii():
        letters = sum(map(str.isalpha, sample))
        latin = sum((c.isalpha() and c < "\u0250") or "\u1e00" <= c <= "\u1eff" for c in sample)
        if letters and latin < 0.4 * letters:
            return "other"
    low = sample.lower()
    found = _WORD.findall(low)
    if not _QUOTED.search(low):
        return _by_words(found)
    outside = _WORD.findall(_QUOTED.sub(" ", low))
    return _by_words(outside if len(outside) > 4 else found)


def _by_words(found: list[str]) -> str:
    known = _known()
    told = [(word, known[word]) for word in found if word in known]
    english = [word for word, names in told if "en" in names]
    foreign_words = [(word, names) for word, names in told if "en" not in names]
    for name in {name for _, names in foreign_words for name in names}:
        theirs = [word for word, names in foreign_words if name in names]
        shared = sum(name in known[word] for word in english)
        if len(set(theirs)) > 1 and len(theirs) > len(english) - shared:
            return "other"
    if not english:
        return ""
    return "en" if len(found) <= _FEW or len(set(english)) > 1 else ""


@cache
def _known() -> dict[str, frozenset[str]]:
    """Word -> the languages that it tells of."""
    languages = lexicon("boilerplate")["languages"]
    listed = {word for words in languages.values() for word in words}
    return {word: frozenset(name for name, words in languages.items() if word in words) for word in listed}
