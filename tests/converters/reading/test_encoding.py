"""The encoding is what the bytes show; what had to be assumed is noted, and nothing is repaired."""

from __future__ import annotations

from pathlib import Path

import pytest

from conflict_events.converters.reading import Reject
from tests.converters.reading.reads import only, read, write

TEXT = "id,place\n1,Alep\n2,Dayr az-Zawr – «é»\n"
ROWS = [("1", "Alep"), ("2", "Dayr az-Zawr – «é»")]


@pytest.mark.parametrize("block", [1, 3, 2**20])
@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "read as UTF-16"),
        ("cp1252", "not UTF-8: read as Windows-1252 from line 3 on"),
    ],
)
def test_the_encoding_is_recognised_and_noted(tmp_path: Path, encoding: str, note: str | None, block: int) -> None:
    sheet = only(write(tmp_path, TEXT.encode(encoding)))
    found = read(sheet, block_bytes=block)
    assert sheet.first[0] == ("id", "place")
    assert found.rows == ROWS
    assert found.notes.get("encoding") == note


def test_big_endian_utf16_is_read(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be"))))
    assert found.rows == ROWS


def test_bytes_that_are_not_utf8_after_some_that_are_reject_their_row(tmp_path: Path) -> None:
    found = read(only(write(tmp_path, b"id,place\n1,\xc3\xa9\n2,\xe9\n3,x\n")))
    assert found.rows == [("1", "é"), ("3", "x")]
    assert found.rejects == [Reject(3, "not UTF-8: byte 0xe9 in column 'place'")]


def test_broken_utf16_rejects_its_row(tmp_path: Path) -> None:
    data = "id,place\n1,".encode("utf-16") + b"\x00\xd8" + "\n2,x\n".encode("utf-16-le")
    found = read(only(write(tmp_path, data)))
    assert found.rows == [("2", "x")]
    assert [reject.line for reject in found.rejects] == [2]


def test_mojibake_is_kept_and_noted_with_its_count_and_first_line(tmp_path: Path) -> None:
    twice = "Al-Båb é’".encode().decode("cp1252", "replace")
    found = read(only(write(tmp_path, f"id,place\n1,x\n2,{twice}\n3,{twice}\n")))
    assert found.rows[1] == ("2", twice)
    assert found.notes["mojibake"].startswith("6 places")
    assert "line 3" in found.notes["mojibake"]


def test_bytes_that_windows_1252_leaves_undefined_are_latin_1(tmp_path: Path) -> None:
    assert read(only(write(tmp_path, b"id,place\n1,\xe9\x81\n"))).rows == [("1", "é\x81")]


def test_the_first_character_may_lie_across_reads(tmp_path: Path) -> None:
    for pad in range(6):
        data = b"id,place\n" + b"1," + b"x" * pad + "😀é".encode() + b"\n"
        found = read(only(write(tmp_path, data)), block_bytes=7)
        assert found.rows == [("1", "x" * pad + "😀é")]
        assert not found.notes
