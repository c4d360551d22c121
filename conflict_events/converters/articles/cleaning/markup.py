"""Cut tags, scripts and comments out of a page's source in linear time, and remember where each character stood."""

from __future__ import annotations

from html import unescape

_BLOCKS = ("p", "/p", "br", "div", "/div", "li", "/li", "h1", "h2", "h3", "/h1", "/h2", "/h3", "td", "tr", "/tr")
_LONGEST_ENTITY = 12


def strip(source: str) -> tuple[str, list[int]]:
    """The page's text, and for each of its code points the offset in `source`; block tags become line breaks."""
    pieces: list[str] = []
    offsets: list[int] = []
    low = source.lower()
    missing: set[str] = set()
    position, end = 0, len(source)
    while position < end:
        tag = source.find("<", position)
        stop = end if tag < 0 else tag
        _keep(source, position, stop, pieces, offsets)
        if tag < 0:
            break
        position, name = _after(low, tag, missing)
        if name in _BLOCKS:
            pieces.append("\n")
            offsets.append(tag)
    return "".join(pieces), offsets


def _after(low: str, tag: int, missing: set[str]) -> tuple[int, str]:
    """Where the text goes on after the tag at `tag`, and the tag's name. What is never closed is searched for once."""
    for opening, closing in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
        if low.startswith(opening, tag) and closing not in missing:
            found = low.find(closing, tag + len(opening))
            if found < 0:
                missing.add(closing)
                break
            return (low.find(">", found) + 1 or len(low)), ""
    if ">" in missing:
        return len(low), ""
    close = low.find(">", tag)
    if close < 0:
        missing.add(">")
        return len(low), ""
    name = low[tag + 1 : min(close, tag + 12)].split(None, 1)
    return close + 1, name[0].rstrip("/") if name else ""


def _keep(source: str, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    position = start
    while position < end:
        entity = source.find("&", position, end)
        stop = end if entity < 0 else entity
        pieces.append(source[position:stop])
        offsets.extend(range(position, stop))
        if entity < 0:
            return
        close = source.find(";", entity, min(entity + _LONGEST_ENTITY, end))
        decoded = unescape(source[entity : close + 1]) if close > 0 else "&"
        position = close + 1 if close > 0 else entity + 1
        pieces.append(decoded)
        offsets.extend([entity] * len(decoded))
