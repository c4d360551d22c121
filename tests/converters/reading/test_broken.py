"""Records that are broken are named with their line and reason, and everything sound around them is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from conflict_events.converters.reading import Reject, Shape, model
from tests.converters.reading.reads import only, read, write


def rejects(path: Path, shape: Shape | None = None, block_bytes: int = 2**20) -> list[tuple[int, str]]:
    return [(r.line, r.reason) for r in read(only(path), shape, block_bytes).rejects]


@pytest.mark.parametrize("block", [5, 2**20])
def test_ragged_rows_are_rejected_and_the_rest_kept(tmp_path: Path, block: int) -> None:
    path = write(tmp_path, 'a,b,c\n1,2,3\n4,5\n\n"6\n6",7,8\n9,9,9,9\n10,11,12\n')
    found = read(only(path), block_bytes=block)
    assert found.rows == [("1", "2", "3"), ("6\n6", "7", "8"), ("10", "11", "12")]
    assert found.lines == [2, 5, 8]
    assert found.rejects == [
        Reject(3, "2 cells where the header has 3"),
        Reject(7, "4 cells where the header has 3"),
    ]


def test_an_empty_cell_too_many_on_every_row_is_left_out_with_a_note(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, "a,b\n1,2,\n3,,\n")))
    assert found.rows == [("1", "2"), ("3", None)]
    assert not found.rejects
    assert "trailing delimiter" in found.notes["extra_empty_cell"]


def test_a_cell_too_many_that_holds_something_is_a_reject(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, "a,b\n1,2,\n3,4,x\n5,6\n")))
    assert found.rows == [("1", "2"), ("5", "6")]
    assert found.rejects == [Reject(3, "3 cells where the header has 2")]


def test_rows_may_be_shorter_down_to_the_fewest_cells(tmp_path: Path) -> None:
    path = write(tmp_path, "1\t2\t3\n4\t5\n6\n")
    found = read(only(path), Shape(("a", "b", "c"), fewest=2))
    assert found.rows == [("1", "2", "3"), ("4", "5", None)]
    assert found.rejects == [Reject(3, "1 cell where a row has 2 to 3")]


@pytest.mark.parametrize("tail", ["5,6", '5,6,"seven', '5,6,"seven\nand a half\n', '5,"6'])
def test_a_last_record_that_is_cut_off_is_named(tmp_path: Path, tail: str) -> None:
    found = read(only(write(tmp_path, "a,b,c\n1,2,3\n" + tail)))
    assert found.rows == [("1", "2", "3")]
    assert found.rejects == [Reject(3, "the last record is cut off")]


@pytest.mark.parametrize("block", [7, 2**20])
def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path: Path, block: int) -> None:
    rows = "".join(f"{i},plain,x\n" for i in range(20))
    found = read(only(write(tmp_path, 'a,b,c\n1,"open,x\n' + rows)), block_bytes=block)
    assert len(found.rows) == 20
    assert found.rejects == [Reject(2, "a quote is opened and never closed")]


@pytest.mark.parametrize("block", [7, 2**20])
def test_a_quote_that_closes_at_the_next_cells_opening_swallows_no_row(tmp_path: Path, block: int) -> None:
    text = 'a,b,c\n1,"one",x\n2,"two,x\n3,"three",x\n4,"four\nlines",x\n'
    found = read(only(write(tmp_path, text)), block_bytes=block)
    assert found.rows == [("1", "one", "x"), ("3", "three", "x"), ("4", "four\nlines", "x")]
    assert found.lines == [2, 4, 5]
    assert found.rejects == [Reject(3, "a quote is opened and never closed")]


def test_a_long_record_with_a_wrong_number_of_cells_is_one_reject(tmp_path: Path) -> None:
    text = 'a,b,c\n1,"one\ntwo,x,y\nthree",x,EXTRA\n5,6,7\n'
    found = read(only(write(tmp_path, text)))
    assert found.rows == [("5", "6", "7")]
    assert found.rejects == [Reject(2, "4 cells where the header has 3")]


@pytest.mark.parametrize("cell", ['5" gun', 'x"', 'a "b" c', "it's"])
@pytest.mark.parametrize("block", [3, 2**20])
def test_a_stray_quote_in_an_unquoted_cell_is_text(tmp_path: Path, cell: str, block: int) -> None:
    found = read(only(write(tmp_path, f'a,b\n1,{cell}\n2,"new\nline"\n')), block_bytes=block)
    assert found.rows == [("1", cell), ("2", "new\nline")]
    assert not found.rejects


def test_hostile_quotes_are_read_in_linear_time(tmp_path: Path) -> None:
    """Each line closes a quote and opens the next: read naively, each restart would run to the end of the file."""
    found = read(only(write(tmp_path, "a,b\n" + '5" x,"\n' * 20_000)))
    assert len(found.rows) + len(found.rejects) > 10_000


def test_a_record_longer_than_the_limit_is_dropped_and_reading_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "MAX_RECORD", 1000)
    path = write(tmp_path, "a,b\n1,2\n" + "x" * 5000 + "\n3,4\n" + '5,"' + "y" * 3000 + '"\n6,7\n')
    found = read(only(path), block_bytes=100)
    assert found.rows == [("1", "2"), ("3", "4"), ("6", "7")]
    assert [reject.line for reject in found.rejects] == [3, 5]


def test_a_nul_byte_rejects_its_row(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, "a,bee\n1,2\n3,\0\n5,6\n" + "7,8\n" * 50)))
    assert len(found.rows) == 52
    assert found.rejects == [Reject(3, "a NUL byte in column 'bee'")]


def test_blank_lines_are_no_records_but_count_as_lines(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, "\n\na,b\n\n1,2\n\r\n\n3,4\n\n")))
    assert found.rows == [("1", "2"), ("3", "4")]
    assert found.lines == [5, 8]


def test_many_bad_rows_in_a_large_file_keep_all_others(tmp_path: Path) -> None:
    lines = [f"{i},{i}" + (",x" if i % 997 == 0 else "") for i in range(100_000)]
    found = read(only(write(tmp_path, "a,b\n" + "\n".join(lines) + "\n")))
    assert [int(str(row[0])) for row in found.rows] == [i for i in range(100_000) if i % 997]
    assert [reject.line for reject in found.rejects] == [i + 2 for i in range(0, 100_000, 997)]
    assert found.lines == [i + 2 for i in range(100_000) if i % 997]
