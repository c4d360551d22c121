"""What a file is, is told by what it holds: delimiters, quoting, and what is no table at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conflict_events.converters.reading import Shape
from tests.converters.reading.reads import only, read, refused, write


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b;c,d\n1,2;3,4\n", ","),
        ("a;b;c\n1,5;2;3\n", ";"),
        ("a|b|c\n1|2|3\n", "|"),
        ("a\tb,c\td\n1\t2\t3\n", "\t"),
        ('"a,b,c,d";e;f\n1;2;3\n', ";"),
        ("only\n1\n", ","),
        ("sep=;\na;b\n1;2\n", ";"),
    ],
)
def test_the_delimiter_is_told_by_the_header(tmp_path: Path, text: str, delimiter: str) -> None:
    assert only(write(tmp_path, text, "a.tsv")).delimiter == delimiter


def test_excels_line_that_names_the_delimiter_is_no_header_but_a_line(tmp_path: Path) -> None:
    sheet = only(write(tmp_path, "sep=;\na;b\n1;2\n"))
    found = read(sheet)
    assert sheet.first == (("a", "b"), ("1", "2"))
    assert (found.rows, found.lines) == ([("1", "2")], [3])


def test_a_quote_in_tab_separated_text_is_text_where_nothing_is_quoted(tmp_path: Path) -> None:
    text = '1\t"Foo" Bar\t2\n2\t"open\t3\n3\tx\t4\n'
    found = read(only(write(tmp_path, text)), Shape(("a", "b", "c")))
    assert found.rows == [("1", '"Foo" Bar', "2"), ("2", '"open', "3"), ("3", "x", "4")]
    assert "plain text" in found.notes["quotes"]


def test_tab_separated_text_that_quotes_is_read_with_quotes(tmp_path: Path) -> None:
    text = '"id"\t"place"\n"1"\t"a\tb ""c""\nd"\n'
    found = read(only(write(tmp_path, text)))
    assert found.rows == [("1", 'a\tb "c"\nd')]
    assert "stand in quotes" in found.notes["quotes"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"<!DOCTYPE html>\n<html><body>Log in</body></html>", "HTML page"),
        (b"\n\n  <HTML lang=en>", "HTML page"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
        (bytes(range(256)) * 40, "binary"),
        ("id,place\n1,x\n".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"PK\x03\x04 and nothing more", "zip that is damaged"),
        (b"\x1f\x8b\x08", "cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more", "workbook that cannot be read"),
        (b'{"status": 403, "error": "no\\u0007 access"}', "it says: no\ufffd access"),
        (b'{"type": "FeatureCollection", "features": [{"a": 1}]}', "GeoJSON"),
        (b"[[1, 2]]", "without a list of objects"),
        (b"[", "cut off"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in refused(write(tmp_path, data))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path)
    assert "cannot be read" in refused(tmp_path / "absent.csv")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n1,2\n")
    path.chmod(0)
    assert "cannot be read" in refused(path)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_an_empty_file_is_a_sheet_without_records(tmp_path: Path, data: bytes) -> None:
    sheet = only(write(tmp_path, data))
    assert sheet.first == ()
    assert read(sheet, Shape(("a",))).rows == []


def test_a_header_alone_is_a_sheet_without_rows(tmp_path: Path) -> None:
    sheet = only(write(tmp_path, "a,b"))
    assert sheet.first == (("a", "b"),)
    found = read(sheet)
    assert (found.rows, found.rejects, found.bytes) == ([], [], 3)


def test_columns_of_a_shape_are_unique(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unique"):
        only(write(tmp_path, "a,a\n1,2\n")).blocks(Shape(("a", "a"), 1))


def test_a_sheet_may_be_read_again(tmp_path: Path) -> None:
    sheet = only(write(tmp_path, "a,b\n1,2,\n"))
    assert read(sheet) == read(sheet)
