"""What a text is, by its first bytes: its dialect, and its first records."""

from __future__ import annotations

import re

from conflict_events.converters.reading.dialect import QUOTE, Dialect, split
from conflict_events.converters.reading.exact import scan

_DELIMITERS = ("\t", ",", ";", "|")
_TAB_CELL = re.compile(rb'(?:("(?:[^"]++|"")*+")|[^"\t\r\n]*+)(?:[\t\r\n]|\Z)')


def dialect_of(head: bytes, *, final: bool) -> Dialect:
    """The delimiter that the first record holds most of, outside quotes, and whether quotes mean anything.

    Where the delimiter is a tab they do only if the text shows it: see `_quotes_tabs`.
    """
    line = _unquoted(head)
    delimiter = max(_DELIMITERS, key=lambda mark: line.count(mark.encode()))
    if not line.count(delimiter.encode()):
        delimiter = ","
    return Dialect(delimiter, delimiter != "\t" or _quotes_tabs(head, final=final))


def first_records(head: bytes, dialect: Dialect, *, final: bool) -> tuple[tuple[str, ...], ...]:
    """Up to three records from the start of the text, as raw cells."""
    spans = scan(head, dialect, range(1, 20_000), final=final, most=3).spans
    return tuple(
        tuple(cell.decode("utf-8", "replace") for cell in split(head[s.start : s.stop], dialect).values)
        for s in spans[:3]
    )


def _unquoted(head: bytes) -> bytes:
    """The first line that is not blank, without what stands in quotes."""
    text = head.lstrip(b"\r\n")
    outside = re.sub(rb'"(?:[^"]|"")*+"', b"", text[: 2**16])
    return re.split(rb"[\r\n]", outside, maxsplit=1)[0]


def _quotes_tabs(head: bytes, *, final: bool) -> bool:
    """Whether a tab-separated text quotes: some cell stands in quotes, and no quote stands anywhere else.

    GDELT does not quote, so that a quote is text; tables exported from Dataverse or Excel do. Where the first bytes end
    within a cell in quotes, that one is believed if it is less than half of them.
    """
    if QUOTE not in head:
        return False
    at = quoted = 0
    while at < len(head):
        found = _TAB_CELL.match(head, at)
        if found is None:
            unfinished = not final and head.startswith(QUOTE, at) and len(head) - at < len(head) // 2
            return unfinished and quoted > 0
        quoted += found[1] is not None
        at = found.end()
    return quoted > 0
