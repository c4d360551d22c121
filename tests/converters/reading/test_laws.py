"""Laws of reading delimited text: what a csv writer writes comes back, by either path and in blocks of any size."""

from __future__ import annotations

import csv
import io
import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from conflict_events.converters.reading import Shape, Sheet, sheets
from conflict_events.converters.reading.dialect import Dialect
from conflict_events.converters.reading.exact import scan
from conflict_events.converters.reading.rows import Layout, Rows, by_piece, whole
from conflict_events.converters.reading.rows import _one_by_one as one_by_one
from tests.converters.reading.reads import Reading, Row, read

WIDTH = st.integers(2, 5)
CELL = st.text(st.sampled_from("ab1é😀 ,;\t|\"'\r\n\\\x1d\ufeff"), max_size=6) | st.text(max_size=8).filter(
    lambda text: "\0" not in text and text.isprintable()
)
TABLE = WIDTH.flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=8))
QUOTING = st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])
DELIMITER = st.sampled_from([",", ";", "|", "\t"])
ENDING = st.sampled_from(["\n", "\r\n", "\r"])
BLOCK = st.integers(1, 40) | st.just(2**24)


def written(table: list[list[str]], delimiter: str, quoting: int, ending: str) -> str:
    if any("\r" in cell or "\n" in cell for row in table for cell in row):
        quoting = csv.QUOTE_ALL  # Python 3.11 leaves a line end unquoted where it is not the writer's own
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=ending).writerows(table)  # type: ignore[arg-type]
    return out.getvalue()


def cells(table: list[list[str]]) -> list[Row]:
    return [tuple(cell or None for cell in row) for row in table]


def read_bytes(data: bytes, shape: Shape, block_bytes: int) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(data)
        (sheet,) = sheets(path)
        assert isinstance(sheet, Sheet)
        return read(sheet, shape, block_bytes)


@given(table=TABLE, delimiter=DELIMITER, quoting=QUOTING, ending=ENDING, block=BLOCK, last=st.booleans())
def test_what_a_csv_writer_writes_comes_back(
    table: list[list[str]], delimiter: str, quoting: int, ending: str, block: int, last: bool
) -> None:
    names = [f"c{i}" for i in range(len(table[0]))]
    body = written(table, delimiter, quoting, ending)
    text = written([names], delimiter, csv.QUOTE_ALL, ending) + (body if last else body.removesuffix(ending))
    found = read_bytes(text.encode(), Shape(tuple(names), 1), block)
    assert found.rows == cells(table)
    assert found.rejects == []
    assert found.bytes == len(text.encode())


@given(table=TABLE, quoting=QUOTING, ending=ENDING, block=BLOCK)
def test_a_row_is_told_by_the_line_where_its_record_starts(
    table: list[list[str]], quoting: int, ending: str, block: int
) -> None:
    lines = []
    text = "a,b\n"
    for row in table:
        lines.append(1 + text.count("\n") + text.count("\r") - text.count("\r\n"))
        text += written([row], ",", quoting, ending)
    names = tuple(f"c{i}" for i in range(len(table[0])))
    assert read_bytes(text.encode(), Shape(names, 1), block).lines == lines


@given(table=TABLE, delimiter=DELIMITER, quoting=QUOTING, ending=ENDING)
def test_the_fast_path_and_the_exact_path_agree(
    table: list[list[str]], delimiter: str, quoting: int, ending: str
) -> None:
    text = written(table, delimiter, quoting, ending).encode()
    names = tuple(f"c{i}" for i in range(len(table[0])))
    layout = Layout(Shape(names), Dialect(delimiter, True), len(names))
    spans = scan(text, layout.dialect, layout.sound).spans
    exact = Rows()
    one_by_one(text, spans, layout, exact, final=True)
    assert exact.rejects == []
    assert exact.tables[0].to_pylist() == [dict(zip(names, row, strict=True)) for row in cells(table)]
    fast = whole(text, layout)
    assert fast is None or fast.to_pylist() == exact.tables[0].to_pylist()
    assert fast is not None or text.startswith("\ufeff".encode())
    pieces = by_piece(text, spans, layout, final=True)
    assert [row for t in pieces.tables for row in t.to_pylist()] == exact.tables[0].to_pylist()


HEADER = b"h," + b"i" * 2000 + b"\n"
"""Long enough for what follows not to look like binary data."""

TEXT = st.lists(st.sampled_from([b"a", b'"', b'"', b",", b"\n", b"\r", b"\xc3\xa9", b"\xe9", b"\0", b"1", b"bc"])).map(
    b"".join
)


@given(data=TEXT | st.binary(), block=BLOCK, fewest=st.sampled_from([None, 1]))
def test_any_bytes_read_the_same_in_blocks_of_any_size(data: bytes, block: int, fewest: int | None) -> None:
    shape = Shape(("a", "b"), 0, fewest)
    text = HEADER + data
    whole, parts = read_bytes(text, shape, 2**24), read_bytes(text, shape, block)
    assert (parts.rows, parts.lines, parts.rejects) == (whole.rows, whole.lines, whole.rejects)


@given(data=st.lists(st.sampled_from([b"a", b",", b",", b"\n", b"\r", b"\xe9", b"\xc3\xa9", b"\0"])), block=BLOCK)
def test_every_line_is_a_row_or_a_reject(data: list[bytes], block: int) -> None:
    text = HEADER + b"".join(data)
    found = read_bytes(text, Shape(("a", "b"), 1), block)
    lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    expected = [n for n, line in enumerate(lines, 1) if line and n > 1]
    assert sorted(found.lines + [reject.line for reject in found.rejects]) == expected


@given(data=TEXT, block=BLOCK)
def test_records_with_quotes_cover_the_text_without_overlap(data: bytes, block: int) -> None:
    found = read_bytes(HEADER + data, Shape(("a", "b"), 1), block)
    spans = [
        (line, line + sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row if cell))
        for line, row in zip(found.lines, found.rows, strict=True)
    ]
    spans = sorted(spans + [(reject.line, reject.line) for reject in found.rejects])
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    if data.strip(b"\r\n"):
        assert spans
