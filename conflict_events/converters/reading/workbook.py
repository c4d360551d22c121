"""Workbooks: each sheet that holds anything is a table of cells."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from conflict_events.converters.conversion import SetAside
from conflict_events.converters.reading.archive import shown
from conflict_events.converters.reading.containers import BOMB, BOMB_BYTES, BOMB_RATIO
from conflict_events.converters.reading.model import Block, Reject, Shape, Sheet

if TYPE_CHECKING:
    import pyarrow as pa
    from python_calamine import CalamineWorkbook

_T = TypeVar("_T")
_MOST_BYTES = 2 * 2**30
_MOST_CELLS = 40_000_000
_CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt=["']e["']""")
_ROWS = 20_000
_AS_CSV = "save it as CSV"


def sheets(path: Path, name: str) -> Iterator[Sheet | SetAside]:
    """The sheets of an XLSX (or Excel 97) workbook; SetAside where it cannot be read, or would not fit into memory."""
    errors = 0
    if zipfile.is_zipfile(path):
        found = _measure(path)
        if isinstance(found, str):
            yield SetAside(name, None, found)
            return
        errors = found
    elif path.stat().st_size > _MOST_BYTES // 8:
        yield SetAside(name, None, f"too large a workbook: {_AS_CSV}")
        return
    opened = _guarded(lambda: _open(path))
    if isinstance(opened, str):
        yield SetAside(name, None, opened)
        return
    several = opened.sheet_names
    empty = 0
    for i, title in enumerate(several):
        label = f"{name}[{shown(title)}]"
        first = _guarded(lambda i=i: _first(opened, i))  # type: ignore[misc]
        if isinstance(first, str):
            yield SetAside(label, None, first)
        elif first:
            yield _sheet(path, label, i, first, errors, path.stat().st_size // len(several))
        else:
            empty += 1
    if empty == len(several):
        yield SetAside(name, None, "a workbook without any cell")


def _sheet(path: Path, label: str, index: int, first: tuple[tuple[str, ...], ...], errors: int, size: int) -> Sheet:
    """size: the sheet's share of the file's bytes, to show progress by."""

    def read(sheet: Sheet, shape: Shape, block_bytes: int) -> Iterator[Block]:
        if errors:
            sheet.note("cell_errors", f"the workbook holds {errors} cells in error (#N/A and the like): read as empty")
        opened = _guarded(lambda: _open(path).get_sheet_by_index(index))
        if isinstance(opened, str):
            yield Block(_table([], shape), (Reject(1, opened),), [].__getitem__, 0)
            return
        rows = ((n, row) for n, row in enumerate(opened.iter_rows(), 1) if _filled(row))
        for _ in range(shape.skip):
            next(rows, None)
        most = max(1, min(_ROWS, block_bytes // (8 * len(shape.columns))))
        done = 0
        for block in _blocks(rows, shape, most):
            part = min(size - done, size * (block.table.num_rows + len(block.rejects)) // max(1, opened.height))
            done += part
            yield replace(block, bytes=part)

    return Sheet(label, None, first, size, read)


def _blocks(rows: Iterator[tuple[int, list[Any]]], shape: Shape, size: int) -> Iterator[Block]:
    over = False
    while not over:
        values: list[list[str | None]] = []
        lines: list[int] = []
        rejects: list[Reject] = []
        while len(lines) + len(rejects) < size:
            got = next(rows, None)
            if got is None:
                over = True
                break
            line, cells = got
            texts = [_text(cell) or None for cell in cells]
            wrong = _unsound(texts, shape)
            if wrong is not None:
                rejects.append(Reject(line, wrong))
                continue
            width = len(shape.columns)
            values.append(texts[:width] + [None] * (width - len(texts)))
            lines.append(line)
        yield Block(_table(values, shape), tuple(rejects), lines.__getitem__, 0)


def _unsound(texts: Sequence[str | None], shape: Shape) -> str | None:
    """A sheet is a rectangle: only cells that hold something can be too many."""
    width = len(shape.columns)
    if any(texts[width:]):
        used = max(i for i, text in enumerate(texts, 1) if text)
        return f"{used} cells where the header has {width}"
    return next((f"a NUL byte in column '{shape.columns[i]}'" for i, t in enumerate(texts) if t and "\0" in t), None)


def _table(values: Sequence[Sequence[str | None]], shape: Shape) -> pa.Table:
    import pyarrow as pa

    columns = [pa.array([row[i] for row in values], pa.string()) for i in range(len(shape.columns))]
    return pa.table(columns, names=list(shape.columns))


def _first(opened: CalamineWorkbook, index: int) -> tuple[tuple[str, ...], ...]:
    records: list[tuple[str, ...]] = []
    for row in opened.get_sheet_by_index(index).iter_rows():
        if _filled(row):
            records.append(tuple(_text(cell) for cell in row))
        if len(records) == 3:
            break
    width = max((i for record in records for i, text in enumerate(record, 1) if text), default=0)
    return tuple(record[:width] for record in records)


def _filled(row: Sequence[Any]) -> bool:
    return any(cell != "" for cell in row)


def _text(cell: Any) -> str:
    """A cell as text: whole numbers without a fraction, dates in ISO, truth as true and false."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _open(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path))


def _guarded(call: Callable[[], _T]) -> _T | str:
    """What the call gives; the reason where the workbook cannot be read."""
    try:
        return call()
    except Exception as error:
        return f"a workbook that cannot be read ({_said(error)}): {_AS_CSV}"
    except BaseException as error:
        # a panic of the reader's Rust code is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return f"a workbook that cannot be read ({_said(error)}): {_AS_CSV}"


def _said(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _measure(path: Path) -> int | str:
    """The number of cells in error; or why the workbook is not opened.

    The reader holds a sheet as a full rectangle and trusts what the zip says of itself, so both are checked before.
    """
    errors = 0
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            size = sum(info.file_size for info in infos)
            if size > max(BOMB_BYTES, BOMB_RATIO * path.stat().st_size):
                return BOMB
            if size > _MOST_BYTES:
                return f"a workbook of more than {_MOST_BYTES // 2**30} GB unpacked: {_AS_CSV}"
            for info in infos:
                found = _member(archive, info)
                if isinstance(found, str):
                    return found
                errors += found
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        return f"a workbook that is damaged or cut off ({error}): get it again"
    except RuntimeError:
        return "an encrypted workbook: save it without a password"
    return errors


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int | str:
    counted = info.filename.lower().startswith("xl/worksheets/")
    letters: set[bytes] = set()
    rows = errors = 0
    tail = b""
    with archive.open(info) as file:
        while data := file.read(2**20):
            if not counted:
                continue
            data = tail + data
            cells = _CELL.findall(data)
            letters.update({column for column, _ in cells})
            rows = max(rows, max((int(row) for _, row in cells), default=0))
            errors += len(_ERROR.findall(data))
            tail = data[data.rfind(b"<") :][-200:]
    columns = max((_column(each) for each in letters), default=0)
    if rows * columns > _MOST_CELLS:
        return f"a sheet of {rows} rows by {columns} columns is more than {_MOST_CELLS} cells: {_AS_CSV}"
    return errors


def _column(letters: bytes) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + letter - 64
    return n
