"""Words with offsets, and the phrase tree that finds lexicon entries among them in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from conflict_events.converters.articles.model import Tokens

_TOKEN = re.compile(
    r"['’]s\b|(?:[A-Z]\.){2,}|\d+(?:[.,]\d+)+|[^\W_](?:[^\W_]|[-‐‑–.’'](?!s\b)(?=[^\W_])|[\u0300-\u036f])*|\S"
)


_SCARE = re.compile(r"[\"“”]([^\W\d_][\w-]*)[\"“”]")  # as many signs out as spaces in: offsets stay


def tokenise(text: str) -> Tokens:
    """Cut `text` into words and single signs; linear in its length.

    Quotation marks around one word are left out: 'the "Israeli" army' names the same army.
    """
    text = _SCARE.sub(r" \1 ", text) if '"' in text or "“" in text else text
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        words.append(text[start:end])
        starts.append(start)
        ends.append(end)
    lows = [word.lower() for word in words]
    if "’" in text:
        lows = [low.replace("’", "'") for low in lows]
    return Tokens(words, lows, starts, ends, {})


class Phrases:
    """Phrases -> values, found by longest match at a token position."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    @classmethod
    def of(cls, listed: Iterable[str]) -> Phrases:
        """The phrases of a list, each its own value."""
        phrases = cls()
        for phrase in listed:
            phrases.add(phrase, phrase)
        return phrases

    def add(self, phrase: str, value: Any) -> None:
        """Add a phrase, and its spelling with spaces for hyphens."""
        for spelling in {phrase, phrase.replace("-", " ")}:
            node = self._root
            for low in tokenise(spelling).lows:
                node = node.setdefault(low, {})
            node.setdefault("", []).append(value)

    def at(self, lows: list[str], index: int) -> tuple[int, list[Any]] | None:
        """The end (exclusive) and the values of the longest phrase that begins at `index`."""
        node, best, position = self._root, None, index
        count = len(lows)
        while position < count:
            following = node.get(lows[position])
            if following is None:
                break
            node = following
            position += 1
            values = node.get("")
            if values is not None:
                best = (position, values)
        return best

    def all(self, lows: list[str]) -> list[tuple[int, int, list[Any]]]:
        """Every longest match from left to right, without overlaps."""
        root = self._root
        if root.keys().isdisjoint(lows):
            return []
        found: list[tuple[int, int, list[Any]]] = []
        past = 0
        for index in [position for position, low in enumerate(lows) if low in root]:
            if index >= past and (hit := self.at(lows, index)) is not None:
                found.append((index, hit[0], hit[1]))
                past = hit[0]
        return found

    def by_value(self, lows: Sequence[str]) -> dict[Any, list[tuple[int, int]]]:
        """Value -> where its phrases stand, the longest first at each place, without overlaps of one value."""
        root = self._root
        found: dict[Any, list[tuple[int, int]]] = {}
        count = len(lows)
        for index in [position for position, low in enumerate(lows) if low in root]:
            node, position = root, index
            ends: dict[Any, int] = {}
            while position < count and lows[position] in node:
                node = node[lows[position]]
                position += 1
                for value in node.get("", ()):
                    ends[value] = position
            for value, end in ends.items():
                spans = found.setdefault(value, [])
                if not spans or spans[-1][1] <= index:
                    spans.append((index, end))
        return found

    def firsts(self) -> frozenset[str]:
        """The words that a phrase begins with."""
        return frozenset(self._root)
