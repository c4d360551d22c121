"""What the tests of the reading layer share: a file of bytes read to the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conflict_events.converters.conversion import SetAside
from conflict_events.converters.reading import BLOCK_BYTES, Reject, Shape, Sheet, sheets

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Reading:
    """All rows with their lines, all rejects, and the codes and messages of the notes."""

    rows: list[Row]
    lines: list[int]
    rejects: list[Reject]
    notes: dict[str, str]
    bytes: int


def write(folder: Path, data: bytes | str, name: str = "a.csv") -> Path:
    """A file of these bytes (text: as UTF-8)."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def only(path: Path) -> Sheet:
    """The one sheet of a file."""
    (sheet,) = sheets(path)
    assert isinstance(sheet, Sheet), sheet
    return sheet


def refused(path: Path) -> str:
    """Why the file cannot be read at all."""
    (aside,) = sheets(path)
    assert isinstance(aside, SetAside), aside
    return aside.reason


def read(sheet: Sheet, shape: Shape | None = None, block_bytes: int = BLOCK_BYTES) -> Reading:
    """The whole sheet; without a shape its first record is the header."""
    shape = shape or Shape(sheet.first[0], 1)
    rows: list[Row] = []
    lines: list[int] = []
    rejects: list[Reject] = []
    consumed = 0
    for block in sheet.blocks(shape, block_bytes):
        assert block.table.column_names == list(shape.columns)
        assert {str(field.type) for field in block.table.schema} == {"string"}
        block.table.validate(full=True)
        rows += zip(*(column.to_pylist() for column in block.table.columns), strict=True)
        lines += [block.line_of(i) for i in range(block.table.num_rows)]
        rejects += block.rejects
        consumed += block.bytes
    return Reading(rows, lines, rejects, {note.code: note.message for note in sheet.notes}, consumed)
