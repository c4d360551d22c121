"""Packed files: read as streams, bounded, and what is wrong with them is named while sound rows are kept."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from conflict_events.converters.conversion import SetAside
from conflict_events.converters.reading import Sheet, archive, containers, sheets
from tests.converters.reading import workbooks
from tests.converters.reading.reads import only, read, refused, write

BODY = "".join(f"{i},{i * 7919 % 100_003},{i * 31}\n" for i in range(50_000))
TEXT = "a,b,c\n" + BODY


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, data in members.items():
            archived.writestr(name, data)
    return out.getvalue()


def test_gzip_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(TEXT.encode()), "a.csv")
    found = read(only(path), block_bytes=100_000)
    assert len(found.rows) == 50_000
    assert (found.rejects, found.bytes) == ([], path.stat().st_size)


def test_gzip_of_several_members_is_one_text(tmp_path: Path) -> None:
    data = gzip.compress(TEXT[:1000].encode()) + gzip.compress(TEXT[1000:].encode()) + b"\0" * 512
    found = read(only(write(tmp_path, data)))
    assert (len(found.rows), found.rejects) == (50_000, [])


def test_a_gzip_that_is_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, gzip.compress(TEXT.encode())[:-5000])))
    assert len(found.rows) > 10_000
    assert found.rows[-1][0] == str(len(found.rows) - 1)
    assert found.rejects[-1].reason == "the gzip file is cut off"
    assert found.rows == [tuple(line.split(",")) for line in BODY.splitlines()[: len(found.rows)]]
    assert {reject.line for reject in found.rejects} == {len(found.rows) + 2}


@pytest.mark.parametrize("garbage", [b"garbage", b"\x1f\x8b garbage"])
def test_what_follows_a_gzip_is_named(tmp_path: Path, garbage: bytes) -> None:
    found = read(only(write(tmp_path, gzip.compress(TEXT.encode()) + garbage)))
    assert len(found.rows) == 50_000
    assert [reject.reason for reject in found.rejects] == ["what follows the end of the gzip data is no gzip"]


def test_every_data_member_of_a_zip_is_a_sheet(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "folder/": b"",
        "folder/ged.csv": TEXT,
        "__MACOSX/folder/._ged.csv": b"\0\1",
        ".hidden": "x",
        "Codebook.pdf": b"%PDF-1.7",
        "README.txt": "read me",
        "b.json": '[{"x": 1}]',
    }
    found = list(sheets(write(tmp_path, zipped(members), "ged.zip")))
    assert [sheet.name for sheet in found if isinstance(sheet, Sheet)] == ["ged.zip!folder/ged.csv", "ged.zip!b.json"]
    assert len(found) == 2
    assert isinstance(found[0], Sheet)
    reading = read(found[0])
    assert (len(reading.rows), reading.bytes) == (50_000, found[0].size)
    assert "Codebook.pdf, README.txt" in reading.notes["left_out"]


def test_a_zip_without_data_is_refused(tmp_path: Path) -> None:
    assert "only codebook.pdf" in refused(write(tmp_path, zipped({"codebook.pdf": b"%PDF"})))
    assert "no data" in refused(write(tmp_path, zipped({})))


@pytest.mark.parametrize("inner", [zipped({"a.csv": "a,b\n"}), gzip.compress(b"a,b\n")], ids=["zip", "gzip"])
def test_an_archive_within_an_archive_is_refused(tmp_path: Path, inner: bytes) -> None:
    assert "packed twice" in refused(write(tmp_path, zipped({"inner": inner})))
    assert "packed twice" in refused(write(tmp_path, gzip.compress(inner)))


def test_an_encrypted_member_is_refused_and_the_others_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": "a,b\n1,2\n", "b.csv": "a,b\n3,4\n"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    first, second = sheets(write(tmp_path, bytes(data)))
    assert isinstance(first, SetAside)
    assert "encrypted" in first.reason
    assert isinstance(second, Sheet)
    assert read(second).rows == [("3", "4")]


def test_a_damaged_member_keeps_the_rows_before_the_damage(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": TEXT}))
    data[len(data) // 2 : len(data) // 2 + 50] = b"\xff" * 50
    found = read(only(write(tmp_path, bytes(data))))
    assert found.rows
    assert found.rejects[-1].reason == "the zip member is damaged or cut off"


@pytest.mark.parametrize("cut", [10, 1000, -10, -60])
def test_a_zip_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    assert "damaged or cut off" in refused(write(tmp_path, zipped({"a.csv": TEXT})[:cut]))


def test_a_members_name_is_shown_without_control_characters(tmp_path: Path) -> None:
    sheet = only(write(tmp_path, zipped({"../../\x1b[31m\u202eevil\n.csv": "a,b\n1,2\n"}), "z.zip"))
    assert sheet.name.isprintable()
    assert read(sheet).rows == [("1", "2")]


def test_bombs_are_left_after_a_bounded_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "BOMB_BYTES", 2**16)
    monkeypatch.setattr(archive, "BOMB_BYTES", 2**16)
    row = "1,2\n"
    text = "a,b\n" + row * 2**18
    found = read(only(write(tmp_path, gzip.compress(text.encode(), 9), "bomb.csv")))
    assert len(found.rows) < 2**18
    assert "decompression bomb" in found.rejects[-1].reason
    assert "decompression bomb" in refused(write(tmp_path, zipped({"a.csv": text}), "bomb.zip"))


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    text = "a,b\n" + "1,2\n" * 100_000
    data = bytearray(zipped({"a.csv": text}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    assert "damaged" in refused(write(tmp_path, bytes(data)))


def test_a_member_without_a_name_is_still_read(tmp_path: Path) -> None:
    data = zipped({"a": "x,y\n1,2\n"})
    central = data.index(b"PK\x01\x02")
    # name length 0 in both headers, the name itself taken out, the directory's place moved to match
    end = data.index(b"PK\x05\x06")
    local = data[:26] + b"\0\0" + data[28:30] + data[31:central]
    listed = data[central : central + 28] + b"\0\0" + data[central + 30 : central + 46] + data[central + 47 : end]
    tail = data[end : end + 12] + len(listed).to_bytes(4, "little") + len(local).to_bytes(4, "little") + b"\0\0"
    sheet = only(write(tmp_path, local + listed + tail, "z.zip"))
    assert sheet.name == "z.zip!(no name)"
    assert read(sheet).rows == [("1", "2")]


def test_what_is_read_of_a_zip_counts_in_bytes_of_the_zip(tmp_path: Path) -> None:
    path = write(tmp_path, zipped({"a.csv": TEXT, "b.csv": TEXT}), "a.zip")
    found = [read(one, block_bytes=100_000).bytes for one in sheets(path) if isinstance(one, Sheet)]
    assert len(found) == 2
    assert 0.9 * path.stat().st_size < sum(found) <= path.stat().st_size


def test_what_is_read_of_a_workbook_counts_in_bytes_of_the_file(tmp_path: Path) -> None:
    cells = "".join(workbooks.row(n, "a", "b", str(n)) for n in range(1, 3000))
    path = write(tmp_path, workbooks.workbook({"one": cells, "two": cells}), "a.xlsx")
    found = [read(one, block_bytes=10_000).bytes for one in sheets(path) if isinstance(one, Sheet)]
    assert len(found) == 2
    assert 0.9 * path.stat().st_size < sum(found) <= path.stat().st_size
