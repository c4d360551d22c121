"""What the reading layer gives: sheets, and their blocks of text cells with the records that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conflict_events.converters.conversion import Note

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK_BYTES = 16 * 2**20
"""How much of a source is read at a time."""

MAX_RECORD = 64 * 2**20
"""The longest record that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the records of a sheet are to be read; the caller decides it from `Sheet.first`.

    columns: unique names, one per column of the tables. skip: records before the data (1 for a header, 2 where a row
    of HXL tags follows it, 0 for GDELT). fewest: a row may be shorter than `columns`, down to this many cells, the
    missing ones being null. quoting: whether quotes around a cell are no part of it, over what the text looks like.
    """

    columns: tuple[str, ...]
    skip: int = 0
    fewest: int | None = None
    quoting: bool | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read, by the 1-based line of the decoded text where it starts.

    For JSON the line is the 1-based item, for a workbook the row.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """Rows in the source's order, as strings; an empty cell is null.

    line_of: index of a row -> the line where its record starts; slow, meant for the rows that turn out bad.
    bytes: how much of the source was consumed for this block.
    """

    table: pa.Table
    rejects: tuple[Reject, ...]
    line_of: Callable[[int], int]
    bytes: int


@dataclass(slots=True, eq=False)
class Sheet:
    """One table of cells: a file, a member of a zip, a sheet of a workbook.

    name: as users are told it ('ged.zip!ged.csv', 'acled.xlsx[Sheet1]'). first: up to three records as raw cells,
    the header among them; empty for an empty sheet. size: bytes to be consumed, where known. envelope: what stands
    around the rows of a JSON answer (UCDP's TotalCount, ACLED's count and messages).
    """

    name: str
    delimiter: str | None
    first: tuple[tuple[str, ...], ...]
    size: int | None
    reader: Callable[[Sheet, Shape, int], Iterator[Block]] = field(repr=False)
    envelope: dict[str, Any] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict, repr=False)
    _before: dict[str, str] = field(default_factory=dict, repr=False)

    def blocks(self, shape: Shape, block_bytes: int = BLOCK_BYTES) -> Iterator[Block]:
        """The sheet from its start, block by block; may be asked for again.

        Never raises for what the data holds: what cannot be read is a reject of the block it stands in.
        """
        if len(set(shape.columns)) != len(shape.columns) or not shape.columns:
            raise ValueError("the columns of a shape are unique, and at least one")
        self._found.clear()
        return self.reader(self, shape, block_bytes)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What had to be assumed; complete once the blocks were read."""
        return tuple(Note(self.name, code, message) for code, message in (self._before | self._found).items())

    def remark(self, code: str, message: str) -> None:
        """Note something that is known before the blocks are read."""
        self._before[code] = message

    def note(self, code: str, message: str) -> None:
        """Note something seen in this reading, once a code; a later message on the same replaces the earlier."""
        self._found[code] = message
