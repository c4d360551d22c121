"""Sentences of a paragraph, with offsets."""

from __future__ import annotations

import re
from itertools import pairwise

from conflict_events.converters.articles.cleaning import boilerplate
from conflict_events.converters.articles.cleaning.text import Paragraph
from conflict_events.converters.articles.knowledge import words
from conflict_events.converters.articles.model import Sentence
from conflict_events.converters.articles.when.calendar import MONTH
from conflict_events.converters.articles.words.tokens import tokenise

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[•]?[^\W_a-z])")
_LAST_WORD = re.compile(r"(\S{1,12})$")
# "KABUL, Afghanistan (April 20, 2011) – ", "BAGHDAD, May 5 (Agency) - ", "Imphal, July 29:": where it was written.
_DAY = rf"(?i:(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})(?:,?\s(?:19|20)\d\d)?)"
_SOURCE = r"(?:\([^()\n]{2,60}\)|\[[^\[\]\n]{2,60}\])"
_DATELINE = re.compile(
    r"(?:^|\s{2,}|\. )(?:"
    r"[A-Z][A-Z.'’/-]{2,30}(?: [A-Z][A-Z.'’/-]{1,20}){0,3}(?:, [A-Z][\w.]{1,20}(?: [\w.]{1,20}){0,2})?"
    rf"(?:,?\s{_DAY})?\s{{0,2}}(?:{_SOURCE}\s{{0,2}})?(?:[–—-]{{1,2}}|:(?=\s[A-Z\"“]))"
    r"|[A-Z][\w'’-]{2,20}(?: [A-Z][\w'’-]{1,20}){0,2}(?:, [A-Z][\w.]{1,20}(?: [\w.]{1,20}){0,2})?"
    rf"(?:,?\s{_DAY}\s{{0,2}}(?:{_SOURCE}\s{{0,2}})?|,?\s{{0,2}}{_SOURCE}\s{{0,2}})(?:[–—-]{{1,2}}|:)"
    r")\s{1,3}(?=[A-Z\"“])"
)
_LONGEST = 1500  # code points; longer "sentences" are tables or dumps and are cut, so that no step is quadratic


def dateline(text: str) -> re.Match[str] | None:
    """The dateline near the beginning of a paragraph."""
    return _DATELINE.search(text[:400])


def split(paragraph: Paragraph, number: int) -> list[Sentence]:
    """The sentences of a paragraph in order, without those that caption or link. Linear in its length."""
    text = paragraph.text
    cuts = [0]
    match = dateline(text)
    if match:
        cuts.append(match.end())
    for end in _END.finditer(text):
        word = _LAST_WORD.search(text, max(0, end.start() - 12), end.start())
        last = word.group(1).lower().strip("(\"'“‘") if word else ""
        if end.group()[0] == "." and (
            last in words("boilerplate", "abbreviations") or (len(last) == 1 and last.isalpha())
        ):
            continue
        if end.end() > cuts[-1]:
            cuts.append(end.end())
    cuts.append(len(text))
    asides = list(boilerplate.asides(text))
    if asides:
        cuts = sorted({*cuts, *(offset for aside in asides for offset in aside)})
    found: list[Sentence] = []
    for first, last_offset in pairwise(cuts):
        if boilerplate.is_aside(text[first:last_offset].strip()) and last_offset - first < len(text):
            continue
        for start in range(first, last_offset, _LONGEST):
            sentence = _trim(paragraph, start, min(start + _LONGEST, last_offset), number)
            if sentence is not None:
                found.append(sentence)
    return found


def _trim(paragraph: Paragraph, start: int, end: int, number: int) -> Sentence | None:
    text = paragraph.text
    while start < end and (text[start].isspace() or text[start] in ".•*·-–—>|"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    piece = text[start:end]
    return Sentence(piece, paragraph.start + start, paragraph.start + end, number, tokenise(piece))
