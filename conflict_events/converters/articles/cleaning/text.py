"""From the text as given to cleaned text, with a way back: every cleaned offset has an offset in the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_HEADER = re.compile(r"(URL|Title|Published|Author|Publisher)[ \t]*:[ \t]*([^\n\r]*)", re.IGNORECASE)
_MARKUP = re.compile(
    r"!?\[(?P<link>[^\[\]\n]{0,300})\]\([^()\n]{0,1000}\)"
    r"|<https?://[^>\s]{1,1000}>"
    r"|\*{1,3}|_{2,}|^[ \t]{0,3}#{1,6}(?=[ \t])|`+"
    r"|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]+",
    re.MULTILINE,
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
        return self._back(start), self._back(end - 1) + 1 if end > start else self._back(start)

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

    def keep(start: int, end: int) -> None:
        nonlocal length
        if end > start:
            pieces.append(text[start:end])
            clean_at.append(length)
            original_at.append(start)
            length += end - start

    position = begin
    for match in _MARKUP.finditer(text, begin):
        keep(position, match.start())
        if match.group("link") is not None:
            keep(match.start("link"), match.end("link"))
        position = match.end()
    keep(position, len(text))
    if not pieces:
        clean_at.append(0)
        original_at.append(begin)
    clean = "".join(pieces).replace("\xa0", " ").replace("\r\n", " \n").replace("\r", "\n").replace("\t", " ")
    paragraphs = tuple(_paragraphs(clean))
    return Document(text, clean, headers, paragraphs, tuple(clean_at), tuple(original_at))


def _headers(text: str) -> tuple[dict[str, str], int]:
    """`Key: value` lines at the very top, and where the text after them begins."""
    headers: dict[str, str] = {}
    position = 1 if text.startswith("\ufeff") else 0
    while match := _HEADER.match(text, position):
        value = match.group(2).strip()
        if value and not value.lower().startswith("unknown"):
            headers[match.group(1).lower()] = value
        position = match.end()
        while position < len(text) and text[position] in "\r\n":
            position += 1
            if text[position - 1] == "\n":
                break
    return headers, position


def _paragraphs(clean: str) -> list[Paragraph]:
    """Lines, except that lines wrapped by a mail program or an editor are one paragraph."""
    found: list[Paragraph] = []
    block: list[tuple[int, str]] = []
    position = 0
    for line in [*clean.split("\n"), ""]:
        if line.strip():
            block.append((position, line))
        elif block:
            found.extend(_block(clean, block))
            block = []
        position += len(line) + 1
    return found


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
