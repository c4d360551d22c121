"""Bytes become text, and what was assumed is said."""

from __future__ import annotations

import pytest

from conflict_events.converters.decode import decode
from conflict_events.errors import BadDataError


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (b"Tal Afar", "Tal Afar", None),
        (b"\xef\xbb\xbfTal Afar", "Tal Afar", None),
        ("Dayr az-Zawr – “city”".encode("cp1252"), "Dayr az-Zawr – “city”", "Windows-1252"),
        ("Mosul".encode("utf-16"), "Mosul", "UTF-16"),
        ("الموصل".encode()[:-1], "الموص", "cut off"),
        (b"caf\x81\xe9", "caf\x81é", "Latin-1"),
    ],
)
def test_text_is_read_and_what_was_assumed_is_noted(data: bytes, text: str, note: str | None) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert (decoded.note is None) == (note is None)
    assert note is None or note in str(decoded.note)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"a" * (32 * 1024 * 1024 + 1), "larger than 32 MiB"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadDataError, match=reason):
        decode(data)
