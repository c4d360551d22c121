"""Bytes of a source as UTF-8 text, with what had to be assumed of the encoding noted."""

from __future__ import annotations

import codecs

from conflict_events.converters.reading.containers import Stream
from conflict_events.converters.reading.dialect import line_ends
from conflict_events.converters.reading.model import Sheet

BOM = b"\xef\xbb\xbf"
_CP1252 = "".join(
    bytes([i]).decode("cp1252") if i not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(i) for i in range(256)
)
"""Windows-1252, and Latin-1 for the five bytes it leaves undefined."""
_TWICE = (b"\xc3\x83\xc2", b"\xc3\xa2\xe2\x82\xac", b"\xc3\x82\xc2")
"""What UTF-8 looks like that was read as Windows-1252 and written as UTF-8 again: 'Ã©', 'â€™', 'Â°'."""

_BROKEN = "conflict_events.broken_utf16"
# what is no UTF-16 becomes a byte that is no UTF-8, so that its record is rejected and not repaired
codecs.register_error(_BROKEN, lambda error: ("\udcff", error.end if isinstance(error, UnicodeDecodeError) else 0))


class Text:
    """A source as UTF-8, read once from start to end.

    Its encoding: what a byte order mark says; else UTF-8; else, where a byte that is not UTF-8 comes before any
    character that is, Windows-1252 from there on.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._utf16: codecs.IncrementalDecoder | None = None
        self._kind = "ascii"
        self._tail = b""  # the start of a character that the next bytes may complete
        self._switch: int | None = None  # where Windows-1252 begins, as a byte of the text
        self._out = 0  # bytes of the text given
        self._seen = 0  # bytes of the text that were used
        self._twice = 0
        self._twice_line = 0
        self._started = False
        self.bom: str | None = None
        self._over = False

    @property
    def consumed(self) -> int:
        """Bytes of the source that were read so far."""
        return self._stream.consumed

    @property
    def trouble(self) -> str | None:
        """Why the source ended before its end, if it did."""
        return self._stream.trouble

    def read(self, size: int) -> bytes:
        """`size` bytes of text or a few more; fewer only at the end."""
        parts: list[bytes] = []
        got = 0
        while got < size and not self._over:
            data = self._stream.read(size - got)
            self._over = not data
            part = self._decode(data)
            parts.append(part)
            got += len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _decode(self, data: bytes) -> bytes:
        if not self._started and data:
            if len(data) < 4 and not self._over:
                data += self._stream.read(4)
            self._started = True
            if data.startswith(BOM):
                self.bom, data = "UTF-8", data[3:]
            elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                self.bom = "UTF-16"
                self._utf16 = codecs.getincrementaldecoder("utf-16")(_BROKEN)
        if self._utf16 is not None:
            text = self._utf16.decode(data, self._over).encode("utf-8", "surrogateescape")
        elif self._kind == "utf-8":
            text = data
        else:
            text = self._guess(self._tail + data if self._tail else data)
        self._out += len(text)
        return text

    def _guess(self, data: bytes) -> bytes:
        """As it is while it is ASCII or UTF-8; as Windows-1252 from the first byte on that shows it is not."""
        self._tail = b""
        if self._kind == "ascii" and not data.isascii():
            at = len(data) - len(data.lstrip(bytes(range(128))))
            try:
                first = data[at : at + 4]
                codecs.utf_8_decode(first, "strict", False)
                whole = len(codecs.utf_8_decode(first, "strict", False)[0]) > 0
            except UnicodeDecodeError as error:
                whole = error.start > 0
            if whole:
                self._kind = "utf-8"
            elif len(data) - at < 4 and not self._over and _may_be_started(data[at:]):
                self._tail = data[at:]
                return data[:at]
            else:
                self._kind = "cp1252"
                self._switch = self._out + at
        if self._kind == "cp1252":
            return codecs.charmap_decode(data, "strict", _CP1252)[0].encode()
        return data

    def seen(self, used: bytes, line: int, sheet: Sheet) -> None:
        """Note what the next bytes of the text, which start on `line`, show of its encoding."""
        if self.bom == "UTF-16" and not self._seen:
            sheet.note("encoding", "read as UTF-16")
        if self._switch is not None and self._switch < self._seen + len(used):
            first = line + line_ends(used, 0, max(0, self._switch - self._seen))
            sheet.note("encoding", f"not UTF-8: read as Windows-1252 from line {first} on")
            self._switch = None
        self._seen += len(used)
        if not used.isascii():
            self._mojibake(used, line, sheet)

    def _mojibake(self, used: bytes, line: int, sheet: Sheet) -> None:
        if b"\x83" not in used and b"\x82" not in used:  # one of them is in all, and a byte is found quickest
            return
        counts = {twice: used.count(twice) for twice in _TWICE if twice in used}
        if not counts:
            return
        if not self._twice:
            first = min(used.find(twice) for twice, n in counts.items() if n)
            self._twice_line = line + line_ends(used, 0, first)
        self._twice += sum(counts.values())
        sheet.note(
            "mojibake",
            f"{self._twice} places look like UTF-8 that was read as Windows-1252 ('Ã©' for 'é'), the first on line "
            f"{self._twice_line}: kept as they are",
        )


def _may_be_started(data: bytes) -> bool:
    """Whether these last bytes may be the start of one UTF-8 character."""
    try:
        return codecs.utf_8_decode(data, "strict", False)[0] == ""
    except UnicodeDecodeError:
        return False
