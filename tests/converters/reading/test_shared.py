"""The field's real files read whole, cell for cell as Python's csv module reads them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from conflict_events.converters.reading import Shape
from tests.converters.reading.reads import only, read


@pytest.mark.parametrize("block", [60_000, 2**24])
@pytest.mark.parametrize(
    ("name", "rows", "skip"),
    [
        ("ucdp/ged191_raw_mmr_bgd.csv", 3194, 1),
        ("ucdp/ged201_hdx_ukr.csv", 1167, 2),
        ("ucdp/ged221_hdx_ukr.csv", 2989, 2),
        ("ucdp/ged241_ucdpweb_sdn.csv", 3822, 1),
        ("gdelt/gdelt_20191024143000.export.CSV", 2111, 0),
    ],
)
def test_real_files_read_whole(shared: Path, name: str, rows: int, skip: int, block: int) -> None:
    path = shared / "data" / name
    sheet = only(path)
    columns = sheet.first[0] if skip else tuple(f"c{i}" for i in range(61))
    found = read(sheet, Shape(columns, skip), block)
    text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
    if skip:
        expected = list(csv.reader(text))[skip:]
    else:
        expected = list(csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert found.rejects == []
    assert len(found.rows) == rows
    assert found.rows == [tuple(cell or None for cell in record[: len(columns)]) for record in expected]
    assert found.bytes == path.stat().st_size
    assert ("extra_empty_cell" in found.notes) == ("ucdpweb" in name)


def test_the_answer_of_an_api_reads_whole(shared: Path) -> None:
    sheet = only(shared / "data/acled/acled_views_sample.json")
    found = read(sheet)
    assert (len(found.rows), len(sheet.first[0]), found.rejects) == (10, 31, [])
    assert sheet.envelope["success"] is True
