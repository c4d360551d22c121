"""What a file is by its first bytes, and why what is no table cannot be read."""

from __future__ import annotations

import re

_TEXT_CONTROLS = b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f"
_OTHERS = (
    (b"\xff\xfe\0\0", "UTF-32 text: save it as UTF-8"),
    (b"\0\0\xfe\xff", "UTF-32 text: save it as UTF-8"),
    (b"%PDF", "a PDF, not data: get the data file"),
    (b"PAR1", "a Parquet file: converters read CSV, TSV, XLSX and JSON"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"BZh", "a bzip2 file: unpack it first"),
    (b"\xfd7zXZ", "an xz file: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstandard file: unpack it first"),
    (b"{\\rtf", "a word-processor document, not data"),
    (b"SQLite format 3", "an SQLite database: export the table as CSV"),
    (b"RDX2", "an R data file: export it as CSV"),
    (b"RDX3", "an R data file: export it as CSV"),
    (b"<stata_dta>", "a Stata file: export it as CSV"),
    (b"$FL2", "an SPSS file: export it as CSV"),
    (b"version https://git-lfs", "a pointer to a file in Git LFS, not the file: fetch it with 'git lfs pull'"),
)
EXCEL_97 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_JSON = re.compile(rb'\s*+(?:\{\s*+["}]|\[\s*+[\[{\]"])')
_CUT_JSON = re.compile(rb"\s*+[\[{]\s*\Z")


def unreadable(head: bytes) -> str | None:
    """Why bytes that begin so are no text of cells; None where they may be."""
    for magic, reason in _OTHERS:
        if head.startswith(magic):
            return reason
    if head[257:262] == b"ustar":
        return "a tar archive: unpack it first"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!-- ", b"<script")) or b"<html" in start:
        return "an HTML page, not data: often a login or error page saved in place of a download; download it again"
    if start.startswith(b"<?xml"):
        return "an XML document: converters read CSV, TSV, XLSX and JSON"
    sample = head[:65536]
    if sample.count(b"\0") > len(sample) // 4:
        return "binary data, or UTF-16 without a byte order mark: save it as UTF-8"
    controls = len(sample) - len(sample.translate(None, bytes(b for b in range(32) if b not in _TEXT_CONTROLS)))
    if controls > max(len(sample) // 50, 8):
        return "binary data, not text"
    return None


def is_json(head: bytes) -> bool:
    """Whether it begins as JSON does that holds objects."""
    start = head.removeprefix(b"\xef\xbb\xbf")[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode("utf-8", "replace")[:4096]
    return _JSON.match(start) is not None or _CUT_JSON.match(start) is not None
