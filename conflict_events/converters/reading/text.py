"""Delimited text, block by block: cut at a line end, read fast, and exactly where that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from conflict_events.converters.reading.dialect import QUOTE, Dialect, line_ends
from conflict_events.converters.reading.exact import CUT_OFF, scan
from conflict_events.converters.reading.model import Block, Reject, Shape, Sheet
from conflict_events.converters.reading.rows import Layout, by_piece, whole
from conflict_events.converters.reading.streams import Text

if TYPE_CHECKING:
    import pyarrow as pa


def read(
    text: Text, sheet: Sheet, dialect: Dialect, shape: Shape, block_bytes: int, preamble: int = 0
) -> Iterator[Block]:
    """The blocks of a text from its start.

    The records of `shape.skip` are passed over, whatever they look like, and so are `preamble` records before them.
    """
    layout = Layout(shape, dialect, _first_width(sheet, shape))
    state = _State(text, sheet, layout, max(1, block_bytes), preamble)
    while not state.over:
        block = state.next()
        if block is not None:
            yield block


class _State:
    """Where in the text the reading stands: what was read and not yet used, its line, what is still to skip."""

    def __init__(self, text: Text, sheet: Sheet, layout: Layout, block_bytes: int, preamble: int) -> None:
        self.text = text
        self.sheet = sheet
        self.layout = layout
        self.block_bytes = block_bytes
        self.want = block_bytes
        self.rest = b""
        self.line = 1
        self.skip = preamble + layout.shape.skip
        self.dropping = False
        self.wary = False
        self.over = False
        self.told = 0

    def next(self) -> Block | None:
        """The next block; None where more must be read first, or where there was nothing in it."""
        data = self.text.read(self.want)
        final = len(data) < self.want
        buffer = self.rest + data if self.rest else data
        self.over = final
        if self.dropping:
            buffer = self._drop(buffer)
        if self.skip:
            buffer = self._skip(buffer, final=final)
            if self.skip and not final:
                self.rest = buffer
                self.want = max(self.block_bytes, len(buffer))
                return None
        return self._fast(buffer, final=final) or self._exact(buffer, final=final)

    def _fast(self, buffer: bytes, *, final: bool) -> Block | None:
        cut = len(buffer) if final else _last_line_end(buffer, self.layout.dialect)
        if not cut or self.wary or (final and self.text.trouble is not None):
            return None
        block = buffer if cut == len(buffer) else buffer[:cut]
        ends = line_ends(block)
        table = whole(block, self.layout, ends)
        if table is None:
            return None
        line, dialect, sound = self.line, self.layout.dialect, self.layout.sound
        lines: list[int] = []

        def line_of(row: int) -> int:
            if not lines:
                lines.extend(span.line for span in scan(block, dialect, sound, line).spans)
            return lines[row]

        self._advance(block, buffer[cut:], ends)
        return self._block(table, (), line_of)

    def _exact(self, buffer: bytes, *, final: bool) -> Block | None:
        found = scan(buffer, self.layout.dialect, self.layout.sound, self.line, final=final, wary=self.wary)
        if not found.end and not final:
            self.rest = buffer
            self.want = max(self.block_bytes, len(buffer))
            return None
        if final and self.text.trouble is not None and found.spans and found.spans[-1].end == found.spans[-1].stop:
            found.rejects.append(Reject(found.spans.pop().line, CUT_OFF))
        rows = by_piece(buffer, found.spans, self.layout, final=final)
        rejects = sorted(found.rejects + rows.rejects, key=lambda reject: reject.line)
        lines = rows.lines
        if final and self.text.trouble is not None:
            rejects.append(Reject(found.line, self.text.trouble))
        self.wary = found.wary
        self.dropping = found.open_line and not final
        self._advance(buffer[: found.end], buffer[found.end :], found.line - self.line)
        return self._block(_concat(rows.tables, self.layout.shape), tuple(rejects), lines.__getitem__)

    def _block(self, table: pa.Table, rejects: tuple[Reject, ...], line_of: Callable[[int], int]) -> Block:
        if self.layout.extra:
            self.sheet.note(
                "extra_empty_cell", "rows end with empty cells that have no column (a trailing delimiter): left out"
            )
        consumed = self.text.consumed
        block = Block(table, rejects, line_of, consumed - self.told)
        self.told = consumed
        return block

    def _advance(self, used: bytes, rest: bytes, lines: int) -> None:
        self.text.seen(used, self.line, self.sheet)
        self.line += lines
        self.rest = rest
        self.want = self.block_bytes

    def _skip(self, buffer: bytes, *, final: bool) -> bytes:
        found = scan(buffer, self.layout.dialect, range(1, 20_000), self.line, final=final, most=self.skip)
        self.skip -= len(found.spans) + len(found.rejects)
        self.text.seen(buffer[: found.end], self.line, self.sheet)
        self.line = found.line
        return buffer[found.end :]

    def _drop(self, buffer: bytes) -> bytes:
        """Without the rest of a line that was given up; its line end was counted already."""
        ends = [at for at in (buffer.find(b"\n"), buffer.find(b"\r")) if at >= 0]
        if not ends:
            return b""
        self.dropping = False
        end = min(ends)
        return buffer[end + (2 if buffer.startswith(b"\r\n", end) else 1) :]


def _first_width(sheet: Sheet, shape: Shape) -> int:
    """How many cells the first data record has, where that is the number of columns but for empty cells at its end."""
    n = len(shape.columns)
    for record in sheet.first[shape.skip : shape.skip + 1]:
        if len(record) > n and not any(record[n:]):
            return len(record)
    return n


def _last_line_end(buffer: bytes, dialect: Dialect) -> int:
    """Where to cut: after the last line end that an even number of quotes precedes; 0 where there is none.

    A guess where quotes stand in unquoted cells: the reading of the block finds out.
    """
    end = b"\n"
    at = buffer.rfind(end)
    if at < 0:
        end = b"\r"
        at = buffer.rfind(end, 0, len(buffer) - 1)
    if not dialect.quoting or QUOTE not in buffer:
        return at + 1
    before = buffer.count(QUOTE, 0, at + 1)
    for _ in range(10_000):
        if at < 0 or before % 2 == 0:
            return at + 1
        earlier = buffer.rfind(end, 0, at)
        before -= buffer.count(QUOTE, earlier + 1, at)
        at = earlier
    return 0


def _concat(tables: list[pa.Table], shape: Shape) -> pa.Table:
    import pyarrow as pa

    if tables:
        return pa.concat_tables(tables)
    return pa.table({name: pa.array([], pa.string()) for name in shape.columns})
