"""Records to tables: in one go where all are sound, piece by piece around those that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conflict_events.converters.reading import fast
from conflict_events.converters.reading.dialect import Dialect, line_ends, split
from conflict_events.converters.reading.exact import CUT_OFF, Span
from conflict_events.converters.reading.model import Reject, Shape

if TYPE_CHECKING:
    import pyarrow as pa

_PIECE = 2**16


@dataclass(slots=True)
class Layout:
    """The shape, and which numbers of cells were met: the one of the block before is tried first."""

    shape: Shape
    dialect: Dialect
    width: int
    extra: bool = False

    @property
    def widths(self) -> list[int]:
        """Numbers of cells worth trying for a whole block, the likeliest first."""
        n = len(self.shape.columns)
        return list(dict.fromkeys([self.width, n, *range(n - 1, self.fewest - 1, -1)]))[:4]

    @property
    def fewest(self) -> int:
        """The least number of cells of a sound row."""
        n = len(self.shape.columns)
        return n if self.shape.fewest is None else max(1, min(self.shape.fewest, n))

    @property
    def sound(self) -> range:
        """The numbers of cells of sound rows, empty extra ones apart."""
        return range(self.fewest, len(self.shape.columns) + 1)


def whole(block: bytes, layout: Layout, lines: int | None = None) -> pa.Table | None:
    """The table of a block in which every record is sound and of the same width; else None.

    lines: how many line ends it has, where they were counted already.
    """
    lines = line_ends(block) if lines is None else lines
    for width in layout.widths:
        table = fast.read(block, layout.dialect, width, lines)
        if table is not None:
            table = fitted(table, layout)
        if table is not None:
            layout.width = width
            return table
    return None


def fitted(table: pa.Table, layout: Layout) -> pa.Table | None:
    """With the shape's columns: missing ones null, extra ones dropped; None where an extra one holds something."""
    import pyarrow as pa

    names = layout.shape.columns
    columns = table.columns
    if any(column.null_count < table.num_rows for column in columns[len(names) :]):
        return None
    layout.extra = layout.extra or (len(columns) > len(names) and table.num_rows > 0)
    missing = [pa.nulls(table.num_rows, pa.string())] * (len(names) - len(columns))
    return pa.table([*columns[: len(names)], *missing], names=list(names))


@dataclass(slots=True)
class Rows:
    """What the spans of a text gave."""

    tables: list[pa.Table] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def by_piece(text: bytes, spans: Sequence[Span], layout: Layout, *, final: bool) -> Rows:
    """The rows of the records, read fast in small pieces and record by record only where a piece is not sound."""
    out = Rows()
    first = 0
    while first < len(spans):
        last = first
        size = 0
        while last < len(spans) and (size < _PIECE or last == first):
            size += spans[last].end - spans[last].start
            last += 1
        piece = spans[first:last]
        table = whole(b"".join([text[s.start : s.end] for s in piece]), layout)
        if table is not None and table.num_rows == len(piece):
            out.tables.append(table)
            out.lines += [s.line for s in piece]
        else:
            _one_by_one(text, piece, layout, out, final=final)
        first = last
    return out


def _one_by_one(text: bytes, spans: Sequence[Span], layout: Layout, out: Rows, *, final: bool) -> None:
    import pyarrow as pa

    sound: list[list[str | None]] = []
    for span in spans:
        values = split(text[span.start : span.stop], layout.dialect).values
        read = _row(values, layout)
        if isinstance(read, str):
            cut = final and span.end == span.stop and len(values) < layout.fewest
            out.rejects.append(Reject(span.line, CUT_OFF if cut else read))
        else:
            sound.append(read)
            out.lines.append(span.line)
    columns = [pa.array([row[i] for row in sound], pa.string()) for i in range(len(layout.shape.columns))]
    out.tables.append(pa.table(columns, names=list(layout.shape.columns)))


def _row(values: list[bytes], layout: Layout) -> list[str | None] | str:
    """The cells of a record, or why it is unsound."""
    names = layout.shape.columns
    extra = values[len(names) :]
    if len(values) < layout.fewest or any(extra):
        cells = "1 cell" if len(values) == 1 else f"{len(values)} cells"
        wanted = len(names) if layout.fewest == len(names) else f"{layout.fewest} to {len(names)}"
        return f"{cells} where {'the header has ' if layout.shape.skip else 'a row has '}{wanted}"
    layout.extra = layout.extra or bool(extra)
    row: list[str | None] = []
    for name, value in zip(names, values, strict=False):
        if b"\0" in value:
            return f"a NUL byte in column '{name}'"
        try:
            row.append(value.decode() or None)
        except UnicodeDecodeError as error:
            return f"not UTF-8: byte 0x{value[error.start]:02x} in column '{name}'"
    return row + [None] * (len(names) - len(row))
