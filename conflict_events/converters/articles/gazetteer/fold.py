"""One spelling for a place name's many transliterations, and which of its names English text may contain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_MARKS = re.compile(r"['’‘ʻʼʿʾ`´]")
_OTHER = re.compile(r"[^0-9a-z]+")
_ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ed", "er", "es", "et", "ez", "the"])


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case, no diacritics, apostrophes or hyphens, and no leading article: "Ar-Raqqah" -> "raqqah"."""
    text = name.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _MARKS.sub("", text)
    words = _OTHER.sub(" ", text).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def latin(name: str) -> bool:
    """Whether a name is in Latin letters only, so that English text may contain it."""
    return name.isascii() or all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or 0x2000 <= ord(c) < 0x2070 for c in name)


def spellings(name: str, others: Iterable[str]) -> list[str]:
    """The alternative names as they fold, sorted: those in Latin letters, of more than two, and no code such as IATA's.

    What folds as the name itself is not among them.
    """
    found = {
        key
        for other in others
        if latin(other) and not (len(other) <= 4 and other.isupper()) and len(key := fold(other)) > 2
    }
    found.discard(fold(name))
    return sorted(found)
