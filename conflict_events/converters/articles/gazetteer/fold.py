"""One spelling for a place name's many transliterations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"['’‘ʻʼʿʾ`´]")
_OTHER = re.compile(r"[^0-9a-z]+")
_ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "ad", "an", "at", "az", "ed", "er", "es", "et", "ez", "the"])


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Lower case, no diacritics, apostrophes or hyphens, and no leading article: "Ar-Raqqah" -> "raqqah"."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = _MARKS.sub("", "".join(c for c in text if not unicodedata.combining(c)))
    words = _OTHER.sub(" ", text).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)
