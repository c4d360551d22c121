"""The exact path: where records start and end, one by one, and which of them are broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from conflict_events.converters.reading import model
from conflict_events.converters.reading.dialect import QUOTE, Dialect, line_ends, split
from conflict_events.converters.reading.model import Reject

UNCLOSED = "a quote is opened and never closed"
CUT_OFF = "the last record is cut off"
_NOT_TRUSTED = "a stray quote after a quote that was never closed: not trusted"
_TAIL_LINES = 1000


class Span(NamedTuple):
    """A whole record: `text[start:stop]`, its line end running to `end`, and the line it starts on."""

    start: int
    stop: int
    end: int
    line: int


@dataclass(slots=True)
class Scan:
    """The whole records of a text, those that are broken, and where (byte and line) reading has to go on.

    open_line: the text ended inside a line that was given up; the rest of that line is to be dropped. wary: no sound
    record was seen since a quote that was never closed.
    """

    spans: list[Span] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    end: int = 0
    line: int = 1
    open_line: bool = False
    wary: bool = False


def scan(
    text: bytes,
    dialect: Dialect,
    columns: range,
    line: int = 1,
    *,
    final: bool = True,
    most: int | None = None,
    wary: bool = False,
) -> Scan:
    """The records of `text`, which starts at the start of a record, on line `line`.

    columns: how many cells a sound record may have. final: the text ends here, so that a record without a line end is
    whole; else an unfinished record is left for the next call, unless it is longer than MAX_RECORD. most: stop after so
    many records, broken ones among them. Blank lines are no records.

    A record whose quote is never closed costs its first line, and reading goes on at the next one; until a record
    without a stray quote is seen, records with one are not trusted (`wary`: so it was before this text).
    """
    out = Scan(line=line, wary=wary)
    starts = _Starts(text, dialect, 4 * columns.stop + 64)
    while out.end < len(text) and (most is None or len(out.spans) + len(out.rejects) < most):
        at = out.end
        if text[at] in b"\r\n":
            if not final and text[at:] == b"\r":
                break  # an LF may follow
            out.end += 2 if text.startswith(b"\r\n", at) else 1
            out.line += 1
            continue
        found = starts.span(at, out.line)
        unfinished = found is None or (found.end == len(text) and not text.endswith(b"\n"))
        crowded = found is None and starts.too_many(at)
        if unfinished and not final and not crowded and len(text) - at <= model.MAX_RECORD:
            break
        if found is None and final and not crowded and _is_tail(text, at, dialect, columns):
            out.rejects.append(Reject(out.line, CUT_OFF))
            out.line += line_ends(text, at)
            out.end = len(text)
            break
        if found is None or (unfinished and not final):
            reason = UNCLOSED if found is None else f"a record longer than {model.MAX_RECORD // 2**20} MB"
        else:
            reason = None
            if dialect.quoting and text.find(QUOTE, at, found.stop) >= 0:
                lines = line_ends(text, at, found.stop)
                if lines or out.wary:
                    cells = split(text[at : found.stop], dialect)
                    reason = UNCLOSED if cells.swallowed else _NOT_TRUSTED if out.wary and cells.stray else None
            else:
                lines = 0
        if reason is None and found is not None:
            out.wary = False
            out.spans.append(found)
            out.end = found.end
            out.line += lines + (found.end > found.stop)
        else:
            out.wary = dialect.quoting
            out.rejects.append(Reject(out.line, reason or UNCLOSED))
            out.end = _next_line(text, at)
            out.line += 1
            out.open_line = out.end == len(text) and text[-1] not in b"\r\n"
    return out


class _Starts:
    """Finds where a record ends: by the next line end where there is no quote, else by the dialect's expression."""

    def __init__(self, text: bytes, dialect: Dialect, cap: int) -> None:
        self.text = text
        self.record = dialect.record(cap)
        self.crowd = dialect.crowd(cap)
        self.quoting = dialect.quoting
        self.returns = b"\r" in text
        self.feed = -1  # the next LF, kept so that a text of lone CRs is not searched again and again

    def span(self, at: int, line: int) -> Span | None:
        if self.feed < at:
            self.feed = self.text.find(b"\n", at) % (len(self.text) + 1)  # -1: past the end
        feed, text = self.feed, self.text
        if feed < len(text) and not (self.quoting and text.find(QUOTE, at, feed) >= 0):
            back = text.find(b"\r", at, feed) if self.returns else -1
            if back < 0 or back == feed - 1:
                return Span(at, feed if back < 0 else back, feed + 1, line)
        found = self.record.match(text, at)
        return None if found is None else Span(at, found.start(1), found.end(), line)

    def too_many(self, at: int) -> bool:
        """Whether it is no record for having far too many cells, as where quotes open and close at the wrong places."""
        return self.quoting and self.crowd.match(self.text, at) is not None


def _next_line(text: bytes, at: int) -> int:
    feed = text.find(b"\n", at)
    back = text.find(b"\r", at, feed if feed >= 0 else len(text))
    if back >= 0:
        return back + (2 if text.startswith(b"\r\n", back) else 1)
    return feed + 1 if feed >= 0 else len(text)


def _is_tail(text: bytes, at: int, dialect: Dialect, columns: range) -> bool:
    """Whether all that follows an open quote is the rest of its cell: no line of it looks like a record."""
    at = _next_line(text, at)
    record = dialect.record(4 * columns.stop + 64)
    for _ in range(_TAIL_LINES):
        if at >= len(text):
            return True
        following = _next_line(text, at)
        single = text[at:following].rstrip(b"\r\n")
        if single and record.fullmatch(single):
            cells = split(single, dialect)
            if not cells.stray and len(cells.values) in columns and columns.stop > 2:
                return False
        at = following
    return False
