"""A source file to its sheets, recognised by what it holds and not by its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from conflict_events.converters.conversion import SetAside
from conflict_events.converters.reading import objects, text, workbook
from conflict_events.converters.reading.archive import contents, shown
from conflict_events.converters.reading.containers import Gzip, Plain, Source, is_gzip, read_head
from conflict_events.converters.reading.dialect import QUOTE, Dialect
from conflict_events.converters.reading.model import MAX_RECORD, Block, Shape, Sheet
from conflict_events.converters.reading.recognise import EXCEL_97, ZIP, is_json, unreadable
from conflict_events.converters.reading.sniff import dialect_of, first_records
from conflict_events.converters.reading.streams import Text

_HEAD = 2**18
_SEP = re.compile(rb"sep=([\t,;|])\r?\n", re.IGNORECASE)


def sheets(path: Path) -> Iterator[Sheet | SetAside]:
    """The sheets of a source file, and what of it cannot be read at all, with the reason; never an exception.

    CSV, TSV and other delimited text, JSON and JSON lines, each also in gzip or zip; XLSX and Excel 97 workbooks.
    """
    name = shown(path.name)
    try:
        if path.is_dir():
            yield SetAside(name, None, "a folder: name its files")
            return
        with path.open("rb") as file:
            head = file.read(512)
        size = path.stat().st_size
    except OSError as error:
        yield SetAside(name, None, f"cannot be read: {error.strerror or error}")
        return
    if head.startswith(ZIP):
        yield from _zip(path, name)
    elif head.startswith(EXCEL_97):
        yield from workbook.sheets(path, name)
    elif is_gzip(head):
        yield _one(Source(name, size, partial(Gzip, path)), packed=True)
    else:
        yield _one(Source(name, size, partial(Plain, path)), packed=False)


def _zip(path: Path, name: str) -> Iterator[Sheet | SetAside]:
    found = contents(path, name)
    if found.workbook:
        yield from workbook.sheets(path, name)
        return
    yield from found.set_aside
    for source in found.sources:
        sheet = _one(source, packed=True)
        if isinstance(sheet, Sheet) and found.left_out:
            sheet.remark("left_out", f"members of the zip that are no data: {', '.join(found.left_out[:5])}")
        yield sheet


def _one(source: Source, *, packed: bool) -> Sheet | SetAside:
    """The sheet of a plain or unpacked text."""
    try:
        head, _, trouble = read_head(source, _HEAD)
    except (OSError, NotImplementedError, RuntimeError, zipfile.BadZipFile, ValueError) as error:
        return SetAside(source.name, None, f"cannot be unpacked: {shown(str(error))}")
    if not head and trouble is not None:
        return SetAside(source.name, None, trouble)
    if packed and (head.startswith((*ZIP, EXCEL_97)) or is_gzip(head)):
        return SetAside(source.name, None, "packed twice, or a workbook within an archive: unpack it first")
    reason = unreadable(head)
    if reason is not None:
        return SetAside(source.name, None, reason)
    if is_json(head):
        return objects.sheet(source)
    return _delimited(source)


def _delimited(source: Source) -> Sheet:
    size = _HEAD
    while True:
        head, final = _text_head(source, size)
        sep = _SEP.match(head)
        rest = head[sep.end() :] if sep else head
        dialect = Dialect(sep[1].decode(), True) if sep else dialect_of(rest, final=final)
        first = first_records(rest, dialect, final=final)
        if first or final or size > 2 * MAX_RECORD:
            break
        size *= 8  # a first record longer than that is rare, and bounded

    def read(sheet: Sheet, shape: Shape, block_bytes: int) -> Iterator[Block]:
        stream = source.open()
        told = dialect if shape.quoting is None else replace(dialect, quoting=shape.quoting)
        if told != dialect:
            sheet.remark("quotes", "a quote is plain text, as always in such files")
        try:
            yield from text.read(Text(stream), sheet, told, shape, block_bytes, 1 if sep else 0)
        finally:
            stream.close()

    sheet = Sheet(source.name, dialect.delimiter, first, source.size, read)
    if dialect.delimiter == "\t" and QUOTE in head:
        means = "cells may stand in quotes" if dialect.quoting else "a quote is plain text"
        sheet.remark("quotes", f"tab-separated: {means}, judging by its first {len(head)} bytes")
    return sheet


def _text_head(source: Source, size: int) -> tuple[bytes, bool]:
    stream = source.open()
    try:
        head = Text(stream).read(size)
        return head, len(head) < size
    finally:
        stream.close()
