"""The fast path: a block in which every record is sound, read by Arrow."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from conflict_events.converters.reading.dialect import Dialect

if TYPE_CHECKING:
    import pyarrow as pa

_END = "\x1dend\x1d"
"""A record put after each block: it comes back whole only if no quote was left open before it."""

_PARSE_BYTES = 2**20
"""What Arrow parses at a time: small enough for the caches. One thread: the caller has work for the other cores, and
more threads take a third more time of the processors for quoted text."""


def read(block: bytes, dialect: Dialect, width: int, lines: int) -> pa.Table | None:
    """The rows of whole records of `width` cells, columns named '0', '1', …; None where any record is unsound.

    `block` starts at the start of a record. Unsound: another number of cells, bytes that are not UTF-8, a NUL byte, a
    quote that is not closed. lines: how many line ends the block has.
    """
    if b"\0" in block or block.startswith(b"\xef\xbb\xbf"):
        return None
    last = b"" if block.endswith((b"\n", b"\r")) else b"\n"
    whole = b"".join((block, last, _END.encode(), dialect.mark * (width - 1), b"\n"))
    table = _parse(whole, dialect, width, _PARSE_BYTES)
    if table is None:
        return None
    rows = table.num_rows - 1
    end = table.slice(rows)
    if end.column(0)[0].as_py() != _END or any(column.null_count != 1 for column in end.columns[1:]):
        return None
    table = table.slice(0, rows)
    if dialect.quoting and lines > rows and _swallowed(table, block):
        return None
    return table


def _swallowed(table: pa.Table, block: bytes) -> bool:
    """Whether a cell over several lines is no quoted cell of the source: it took in what follows an open quote."""
    import pyarrow.compute as pc

    for column in table.columns:
        quoted = column.filter(pc.ends_with(column, '"'))  # few: the cheap test first
        if not len(quoted):
            continue
        several = pc.or_(pc.match_substring(quoted, "\n"), pc.match_substring(quoted, "\r"))
        at = 0
        for value in quoted.filter(several).to_pylist():
            at = block.find(b'"' + value.encode().replace(b'"', b'""') + b'"', at)
            if at < 0:
                return True
    return False


def _parse(whole: bytes, dialect: Dialect, width: int, parse_bytes: int) -> pa.Table | None:
    import pyarrow as pa
    from pyarrow import csv

    parse, convert, names = _options(dialect, width)
    several = len(whole) > parse_bytes
    read_options = csv.ReadOptions(column_names=names, block_size=min(parse_bytes, len(whole)), use_threads=False)
    try:
        return csv.read_csv(pa.BufferReader(whole), read_options, parse, convert)
    except pa.ArrowInvalid as error:
        if several and "straddling" in str(error):  # a row longer than what Arrow parses at a time
            return _parse(whole, dialect, width, len(whole))
        return None


@lru_cache(maxsize=8)
def _options(dialect: Dialect, width: int) -> tuple[Any, Any, list[str]]:
    import pyarrow as pa
    from pyarrow import csv

    names = [str(i) for i in range(width)]
    parse = csv.ParseOptions(
        delimiter=dialect.delimiter,
        quote_char='"' if dialect.quoting else False,
        double_quote=dialect.quoting,
        escape_char=False,
        newlines_in_values=dialect.quoting,
        ignore_empty_lines=True,
    )
    convert = csv.ConvertOptions(
        check_utf8=True,
        column_types={name: pa.string() for name in names},
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
    )
    return parse, convert, names
