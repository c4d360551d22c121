"""Bytes to text, with what had to be assumed said aloud."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_events.errors import BadDataError

MAX_BYTES = 32 * 1024 * 1024
"""The largest article that is read: far beyond any page, and small enough for memory."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and a note where it is not plain UTF-8."""

    text: str
    note: str | None = None


def decode(data: bytes) -> Decoded:
    """The text of a file; BadDataError (the reason alone) where it is empty, binary or too large.

    UTF-8 and UTF-16 with a byte order mark are read as such. What is not UTF-8 is read as Windows-1252, which is
    what such files nearly always are, and the note says so.
    """
    if len(data) > MAX_BYTES:
        raise BadDataError(f"larger than {MAX_BYTES // 2**20} MiB: not an article")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return Decoded(data.decode("utf-16"), "read as UTF-16")
        except UnicodeDecodeError:
            raise BadDataError("broken UTF-16 after its byte order mark") from None
    if not data.strip():
        raise BadDataError("empty")
    if b"\x00" in data or _control_share(data) > 0.02:
        raise BadDataError("binary, not text")
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return Decoded(data[: error.start].decode("utf-8-sig"), "cut off in the middle of a character")
    try:
        return Decoded(data.decode("cp1252"), "not UTF-8; read as Windows-1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "not UTF-8; read as Latin-1")


def _control_share(data: bytes) -> float:
    sample = data[:65536]
    return sum(b < 32 and b not in b"\t\n\r\x0b\x0c\x1b" for b in sample) / len(sample)
