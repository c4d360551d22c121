"""Rows of text as an aligned table or as Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

Row = Sequence[str | None]

_NULL = "null"
_WIDEST = 40
"""Cells of a table are cut to this many terminal columns where its width is limited."""
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_GAP = "  "


def table(
    names: Sequence[str], rows: Sequence[Row], right: Sequence[bool], total: int, width: int | None
) -> Iterator[str]:
    """The lines of a table of `rows`, the first of `total`; the last line says what is not shown.

    `right` tells the columns that are aligned to the right. Where `width` (terminal columns) is given, long cells are
    cut with an ellipsis, and the columns that do not fit are left out.
    """
    widest = None if width is None else min(width, _WIDEST)
    columns = [
        [_cut(plain(name), widest), *(_cut(_plain(row[i]), widest) for row in rows)] for i, name in enumerate(names)
    ]
    widths = [max(map(columns_of, column)) for column in columns]
    shown = _fitting(widths, width)
    for n in range(len(rows) + 1):
        padded = (_pad(columns[i][n], widths[i], right[i]) for i in range(shown))
        yield _GAP.join(padded).rstrip() + "\n"
        if n == 0:
            yield _GAP.join("-" * widths[i] for i in range(shown)) + "\n"
    note = _note(len(rows), total, shown, len(names))
    if note:
        yield note + "\n"


def _fitting(widths: Sequence[int], limit: int | None) -> int:
    """How many columns from the left fit; at least one."""
    if limit is None:
        return len(widths)
    used = 0
    for i, one in enumerate(widths):
        used += one + (len(_GAP) if i else 0)
        if i and used > limit:
            return i
    return len(widths)


def _note(rows: int, total: int, columns: int, all_columns: int) -> str:
    if total == 0:
        return "(no rows)"
    parts = []
    if rows < total:
        parts.append(f"{total - rows:,} more rows of {total:,}")
    if columns < all_columns:
        parts.append(f"{all_columns - columns} more columns of {all_columns}")
    return f"({' and '.join(parts)} not shown)" if parts else ""


def plain(text: str) -> str:
    """`text` on one line, with control characters as escapes: data must not steer the terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(c) for c in text)


def _plain(cell: str | None) -> str:
    return _NULL if cell is None else plain(cell)


def _escape(c: str) -> str:
    if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in _BIDI:
        return c.encode("unicode_escape").decode()
    return c


def columns_of(text: str) -> int:
    """How many terminal columns the text takes: two for East Asian wide letters, none for combining marks."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(c: str) -> int:
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _cut(text: str, limit: int | None) -> str:
    if limit is None or columns_of(text) <= limit:
        return text
    used = 0
    for i, c in enumerate(text):
        used += _columns(c)
        if used > limit - 1:
            return text[:i] + "…"
    return text


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - columns_of(text))
    return space + text if right else text + space


def markdown_head(names: Sequence[str], right: Sequence[bool]) -> str:
    """The two lines that begin a Markdown table."""
    return markdown_row(names) + "|" + "".join(" ---: |" if one else " --- |" for one in right) + "\n"


def markdown_row(row: Row) -> str:
    """A row of a Markdown table, its special characters escaped."""
    return "| " + " | ".join(map(_markdown, row)) + " |\n"


def _markdown(cell: str | None) -> str:
    text = _plain(cell).replace("\\", "\\\\").replace("|", "\\|")
    return text.replace("&", "&amp;").replace("<", "&lt;")
