"""Lines that are no news, and texts that are no English prose."""

from __future__ import annotations

import re

from conflict_events.converters.articles.knowledge import lexicon

_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "to",
        "a",
        "on",
        "was",
        "were",
        "said",
        "by",
        "for",
        "with",
        "that",
        "at",
        "from",
        "has",
        "have",
        "is",
        "an",
        "it",
        "as",
        "their",
    ]
)
_ODD = re.compile(r"[\ufffd\x00-\x08\x0b\x0e-\x1f]")
_WORD = re.compile(r"[a-z]+")


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph is a notice, an appeal or navigation; see lexicon/boilerplate.toml."""
    low = text.strip().lower()
    data = lexicon("boilerplate")
    return low.startswith(tuple(data["starts"])) or any(phrase in low for phrase in data["contains"])


def is_heading(text: str) -> bool:
    """Whether a paragraph is a heading: a few words without a full stop."""
    stripped = text.strip()
    return len(stripped.split()) <= 6 and not stripped.endswith((".", "!", "?", ":", ";", ","))


def unreadable(text: str, given: str) -> str | None:
    """Why a text cannot be read as English prose ("empty", "binary" or "language"), or None.

    `text` is the cleaned text, `given` the text as it was handed in, whose control characters tell a binary file.
    """
    raw, sample = given[:4_000], text[:4_000]
    if len(_ODD.findall(raw)) > 0.05 * len(raw):
        return "binary"
    if not sample.strip():
        return "empty"
    letters = sum(map(str.isalpha, sample))
    if letters < 0.4 * len("".join(sample.split())):
        return "binary"
    found = _WORD.findall(sample.lower())
    ascii_letters = sum(map(len, found))
    common = sum(word in _COMMON for word in found)
    if ascii_letters < 0.6 * letters or (len(found) > 30 and common < 0.08 * len(found)):
        return "language"
    return None
