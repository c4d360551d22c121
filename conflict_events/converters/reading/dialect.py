"""The dialect of delimited text, and how a record is cut into cells.

A quote opens a cell only at its start; inside, two quotes mean one; after the closing quote, and in a cell that does
not begin with one, a quote is plain text. So does Python's csv module, and so does Arrow's CSV reader. A lone CR ends
a record as LF and CRLF do. Where quoting is off, a quote is always plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

QUOTE = b'"'


@dataclass(frozen=True)
class Dialect:
    """How cells are told apart: `delimiter` is one ASCII character; `quoting` whether quotes mean anything."""

    delimiter: str
    quoting: bool

    @cached_property
    def mark(self) -> bytes:
        """The delimiter as a byte."""
        return self.delimiter.encode()

    def record(self, most: int) -> re.Pattern[bytes]:
        """A whole record and its line end (group 1, empty at the end of the text).

        No match where a quote is never closed, or where quotes make more than `most` + 1 cells.
        """
        if not self.quoting:
            return re.compile(rb"[^\r\n]*+(\r\n|\r|\n|\Z)")
        return re.compile(rb"%s(?:%s%s){0,%d}+(\r\n|\r|\n|\Z)" % (self._cell, self._mark, self._cell, most))

    def crowd(self, most: int) -> re.Pattern[bytes]:
        """The start of a record of more than `most` + 1 cells."""
        return re.compile(rb"%s(?:%s%s){%d}%s" % (self._cell, self._mark, self._cell, most, self._mark))

    @cached_property
    def _mark(self) -> bytes:
        return re.escape(self.mark)

    @cached_property
    def _cell(self) -> bytes:
        d = self._mark
        return rb'(?:"(?:[^"]++|"")*+"[^%s\r\n]*+|(?!")[^%s\r\n]*+)' % (d, d)

    @cached_property
    def cell(self) -> re.Pattern[bytes]:
        """A cell: its quoted part, if it has one, the text after it, and what ends it."""
        d = re.escape(self.mark)
        return re.compile(rb'(?:("(?:[^"]++|"")*+")|(?!"))([^%s\r\n]*+)(%s|\r\n|\r|\n|\Z)' % (d, d))


@dataclass(frozen=True, slots=True)
class Cells:
    """A record's cells, and how sound its quotes are.

    stray: a quote is plain text somewhere in it. swallowed: a quoted part runs over a line end and closes at what
    looks like the opening of another cell, as happens where a quote was never closed.
    """

    values: list[bytes]
    stray: bool = False
    swallowed: bool = False


def split(record: bytes, dialect: Dialect) -> Cells:
    """The cells of one whole record, without its line end."""
    if not dialect.quoting or QUOTE not in record:
        return Cells(record.split(dialect.mark))
    values: list[bytes] = []
    stray = swallowed = False
    at = 0
    while True:
        found = dialect.cell.match(record, at)
        if found is None:
            raise AssertionError("a record with an open quote was taken for a whole one")
        quoted, rest, end = found.groups()
        if QUOTE in rest:
            stray = True
        if quoted is None:
            values.append(rest)
        else:
            values.append(quoted[1:-1].replace(b'""', QUOTE) + rest)
            if rest.endswith(QUOTE) and (b"\n" in quoted or b"\r" in quoted):
                swallowed = True
        if not end:
            return Cells(values, stray, swallowed)
        at = found.end()


def line_ends(text: bytes, start: int = 0, stop: int | None = None) -> int:
    """How many line ends there are: LF, CRLF and lone CR count one each."""
    stop = len(text) if stop is None else stop
    n = text.count(b"\n", start, stop)
    # to look for a byte that is not there is much quicker than to count it
    returns = text.count(b"\r", start, stop) if text.find(b"\r", start, stop) >= 0 else 0
    return n + returns - text.count(b"\r\n", start, stop) if returns else n
