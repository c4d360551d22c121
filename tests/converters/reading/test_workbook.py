"""Workbooks: a sheet of cells each, as text that a CSV of the same would hold."""

from __future__ import annotations

from pathlib import Path

from conflict_events.converters.reading import Reject, Shape, Sheet, sheets
from tests.converters.reading.reads import only, read, refused, write
from tests.converters.reading.workbooks import row, workbook

HEADER = row(1, "a", "b", "c")


def test_each_sheet_that_holds_anything_is_read(tmp_path: Path) -> None:
    data = workbook({"Sheet1": HEADER + row(2, "1", "", "3"), "Empty": "", "Notes": row(1, "x")})
    found = [sheet for sheet in sheets(write(tmp_path, data, "acled.csv")) if isinstance(sheet, Sheet)]
    assert [sheet.name for sheet in found] == ["acled.csv[Sheet1]", "acled.csv[Notes]"]
    assert found[0].first == (("a", "b", "c"), ("1", "", "3"))
    assert read(found[0]).rows == [("1", None, "3")]


def test_numbers_dates_and_truth_are_text(tmp_path: Path) -> None:
    cells = (
        '<row r="2"><c r="A2"><v>15960</v></c><c r="B2"><v>0.1</v></c><c r="C2" t="b"><v>1</v></c>'
        '<c r="D2" s="1"><v>43000</v></c><c r="E2" s="2"><v>43000.5</v></c><c r="F2"><v>-12.0</v></c>'
        '<c r="G2" t="str"><v>007</v></c></row>'
    )
    sheet = only(write(tmp_path, workbook({"S": row(1, *"abcdefg") + cells}), "a.xlsx"))
    assert read(sheet).rows == [("15960", "0.1", "true", "2017-09-22", "2017-09-22 12:00:00", "-12", "007")]


def test_cells_in_error_are_empty_and_noted(tmp_path: Path) -> None:
    cells = '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>1</v></c></row>'
    found = read(only(write(tmp_path, workbook({"S": row(1, "a", "b") + cells}))))
    assert found.rows == [(None, "1")]
    assert "1 cells in error" in found.notes["cell_errors"]


def test_lines_are_the_rows_of_the_sheet(tmp_path: Path) -> None:
    rows = row(3, "a", "b", "c") + row(5, "1", "2", "3") + row(9, "4", "5", "6", "x") + row(12, "7")
    found = read(only(write(tmp_path, workbook({"S": rows}))), Shape(("a", "b", "c"), 1))
    assert found.rows == [("1", "2", "3"), ("7", None, None)]
    assert found.lines == [5, 12]
    assert found.rejects == [Reject(9, "4 cells where the header has 3")]


def test_large_sheets_come_in_blocks(tmp_path: Path) -> None:
    rows = HEADER + "".join(row(i, str(i), "x", "y") for i in range(2, 1002))
    sheet = only(write(tmp_path, workbook({"S": rows})))
    found = read(sheet, block_bytes=2400)
    assert [int(str(each[0])) for each in found.rows] == found.lines == list(range(2, 1002))
    assert len(list(sheet.blocks(Shape(("a", "b", "c"), 1), 2400))) == 11


def test_a_sheet_that_would_not_fit_into_memory_is_refused(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "1048576 rows by 16384 columns" in refused(write(tmp_path, workbook({"S": HEADER + far})))


def test_a_workbook_without_cells_or_cut_off_is_refused(tmp_path: Path) -> None:
    data = workbook({"S": HEADER})
    assert "without any cell" in refused(write(tmp_path, workbook({"S": ""})))
    assert "damaged or cut off" in refused(write(tmp_path, data[:-30]))
    assert "cannot be read" in refused(write(tmp_path, workbook({"S": HEADER + "<row><c></row>"})))
