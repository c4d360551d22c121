"""Phrases of a model's answer, found again in the article however it is laid out."""

from __future__ import annotations

from bisect import bisect_left

from conflict_events.evidence import normalise, normalise_with_owners


class Located:
    """An article's text, normalised once. Offsets are code points into the text."""

    def __init__(self, text: str, whole_words: bool) -> None:
        """whole_words: whether a phrase must end where a word ends; not so where words are not written apart."""
        self._text = text
        self._normal, self._owner, starts = normalise_with_owners(text)
        self._starts = frozenset(starts)
        self._whole = whole_words

    def find(self, phrase: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The first place of `phrase` between two offsets, or None. Letters and digits count, signs and case do not."""
        wanted = normalise(phrase)
        if not wanted:
            return None
        stop = len(self._text) if end is None else end
        at = self._normal.find(wanted, bisect_left(self._owner, start))
        while at >= 0:
            last = at + len(wanted)
            begin, after = self._owner[at], self._owner[last - 1] + 1
            if after > stop:
                return None
            if self._bounded(at, last) and normalise(self._text[begin:after]) == wanted:
                return begin, after
            at = self._normal.find(wanted, at + 1)
        return None

    def words(self, phrase: str | None, longest: int, start: int = 0, end: int | None = None) -> str | None:
        """The article's own writing of `phrase`, on one line, or None where it does not stand there."""
        span = self.find(phrase, start, end) if phrase else None
        text = " ".join(self._text[slice(*span)].split()) if span else ""
        return text if text and len(text) <= longest else None

    def _bounded(self, at: int, last: int) -> bool:
        if not self._whole:
            return True
        return at in self._starts and (last == len(self._normal) or last in self._starts)
