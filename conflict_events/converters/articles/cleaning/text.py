"""From the text as given to cleaned text, with a way back: every cleaned offset has an offset in the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from conflict_events.converters.articles.cleaning import boilerplate
from conflict_events.converters.articles.knowledge import lexicon

_HEADER = re.compile(r"([A-Za-z][A-Za-z ]{1,24}?)[ \t]*:[ \t]*([^\n\r]*)")
# Signs that are not seen: soft hyphens, zero-width signs, marks of direction, variation selectors, fillers, tags.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_MARKUP = re.compile(
    r"!?\[(?P<link>[^\[\]\n]{0,300})\]\([^()\n]{0,1000}\)"
    r"|<https?://[^>\s]{1,1000}>"
    r"|(?P<letter>[^\W\d_][\u0300-\u034e\u0350-\u036f]{1,3})(?![\u0300-\u034e\u0350-\u036f])"
    r"|\*{1,3}|_{2,}|^[ \t]{0,3}#{1,6}(?=[ \t])|`+"
    rf"|[{_UNSEEN}\x00-\x08\x0e-\x1b]+",
    re.MULTILINE,
)
# One code point for another, so that offsets stay: the many spaces are one, and so are the many line breaks.
_PLAIN = str.maketrans(
    dict.fromkeys(
        "\t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    )
    | dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text between line breaks that ends a thought; offsets into the cleaned text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """The cleaned text, its paragraphs, what its header lines say, and where it came from in the original."""

    original: str
    clean: str
    headers: dict[str, str]
    paragraphs: tuple[Paragraph, ...]
    _clean_at: tuple[int, ...]
    _original_at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the cleaned span [start, end) came from."""
        if end <= start:
            return self._back(start), self._back(start)
        last = self._back(end - 1) + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1  # a mark that was composed with the letter before it
        return self._back(start), last

    def _back(self, offset: int) -> int:
        piece = bisect_right(self._clean_at, offset) - 1
        return self._original_at[piece] + offset - self._clean_at[piece]


def read(text: str) -> Document:
    """Clean `text`: header lines apart, markup and invisible signs gone, paragraphs found. Linear in its length."""
    headers, begin = _headers(text)
    pieces: list[str] = []
    clean_at: list[int] = []
    original_at: list[int] = []
    length = 0

    def keep(start: int, end: int, composed: str = "") -> None:
        nonlocal length
        if end > start:
            pieces.append(composed or text[start:end])
            clean_at.append(length)
            original_at.append(start)
            length += len(composed) or end - start

    position = begin
    for match in _MARKUP.finditer(text, begin):
        keep(position, match.start())
        if match.group("link") is not None:
            keep(match.start("link"), match.end("link"))
        elif match.group("letter") is not None:
            keep(match.start(), match.end(), unicodedata.normalize("NFC", match.group()))
        position = match.end()
    keep(position, len(text))
    if not pieces:
        clean_at.append(0)
        original_at.append(begin)
    clean = "".join(pieces).replace("\r\n", " \n").translate(_PLAIN)
    paragraphs = tuple(_paragraphs(clean))
    return Document(text, clean, headers, paragraphs, tuple(clean_at), tuple(original_at))


@cache
def _keys() -> dict[str, str]:
    return {name: key for key, names in lexicon("boilerplate")["headers"].items() for name in names}


def _headers(text: str) -> tuple[dict[str, str], int]:
    """`Key: value` lines at the very top, and where the text after them begins. The first value of a key counts."""
    headers: dict[str, str] = {}
    position = len(text) - len(text.lstrip("\ufeff\u200e\u200f \t\r\n"))
    begin = position
    while (match := _HEADER.match(text, position)) and (key := _keys().get(match.group(1).lower())):
        value = match.group(2).strip()
        if value and not value.lower().startswith("unknown"):
            headers.setdefault(key, value)
        position = match.end()
        while position < len(text) and text[position] in "\r\n":
            position += 1
            if text[position - 1] == "\n" or text[position : position + 1] != "\n":
                break
    return headers, position if position > begin else min(begin, 1 if text.startswith("\ufeff") else 0)


def _paragraphs(clean: str) -> list[Paragraph]:
    """Lines, except that lines wrapped by a mail program or an editor are one paragraph."""
    found: list[Paragraph] = []
    block: list[tuple[int, str]] = []
    position = 0
    for line in [*clean.split("\n"), ""]:
        aside = _is_aside(line.strip())
        if line.strip() and not aside:
            block.append((position, line))
        elif block:
            found.extend(_block(clean, block))
            block = []
        if aside:
            found.append(Paragraph(line, position))
        position += len(line) + 1
    return found


def _is_aside(line: str) -> bool:
    """Whether a line of its own, "Also read: …", was put between the lines of a paragraph."""
    return (line[:1] in ("(", "[") or line[:1].isupper()) and boilerplate.is_aside(line)


def _block(clean: str, lines: list[tuple[int, str]]) -> list[Paragraph]:
    if _wrapped([line for _, line in lines]):
        start, end = lines[0][0], lines[-1][0] + len(lines[-1][1])
        return [Paragraph(clean[start:end].replace("\n", " "), start)]
    found: list[Paragraph] = []
    for start, line in lines:
        last = found[-1] if found else None
        if last and line.lstrip()[:1].islower() and last.text.rstrip()[-1:] not in ".!?:;" and len(last.text) < 2_000:
            found[-1] = Paragraph(clean[last.start : start + len(line)].replace("\n", " "), last.start)
        else:
            found.append(Paragraph(line, start))
    return found


def _wrapped(lines: list[str]) -> bool:
    """Whether the lines break at a column rather than at the end of a thought."""
    longest = max(len(line) for line in lines)
    if len(lines) < 2 or longest > 160 or longest < 50:
        return False
    full = [line for line in lines[:-1] if len(line) >= 0.7 * longest]
    open_ended = [line for line in full if line.rstrip()[-1:] not in ".!?:"]
    return len(full) >= 0.9 * (len(lines) - 1) and 2 * len(open_ended) > len(full)
