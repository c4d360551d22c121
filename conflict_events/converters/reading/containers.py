"""Files and packed files as streams that end, saying why, instead of failing, and that cannot run away."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

_CHUNK = 2**16
BOMB_RATIO = 200
BOMB_BYTES = 200 * 2**20
BOMB = f"it unpacks to more than {BOMB_RATIO} times its size: taken for a decompression bomb, and left there"
_GZIP = b"\x1f\x8b"


class Stream(Protocol):
    """Bytes to be read once. trouble: why they ended before their end, if they did."""

    trouble: str | None

    @property
    def consumed(self) -> int:
        """Bytes of the source used so far."""

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""

    def close(self) -> None:
        """Close the file."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes of one text come from: may be opened again and again. size: what `consumed` ends at."""

    name: str
    size: int | None
    open: Callable[[], Stream]


class Plain:
    """A file as it is."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.trouble: str | None = None

    @property
    def consumed(self) -> int:
        return self._file.tell()

    def read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self.trouble = f"it cannot be read on from here: {error.strerror or error}"
            return b""

    def close(self) -> None:
        self._file.close()


class Gzip:
    """A gzip file of one or more members."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("rb")
        self._unpack = zlib.decompressobj(31)
        self._packed = b""
        self._out = 0
        self._fresh = True
        self.trouble: str | None = None

    @property
    def consumed(self) -> int:
        return self._file.tell()

    def read(self, size: int) -> bytes:
        while self.trouble is None:
            if self._unpack.eof:
                self._packed = self._unpack.unused_data.lstrip(b"\0") or self._packed.lstrip(b"\0")
                self._packed = self._packed or self._file.read(_CHUNK).lstrip(b"\0")
                if not self._packed:
                    return b""
                self._unpack = zlib.decompressobj(31)
                self._fresh = True
            if not self._packed:
                self._packed = self._file.read(_CHUNK)
            if not self._packed:
                self.trouble = "the gzip file is cut off"
                return b""
            try:
                data = self._unpack.decompress(self._packed, min(size, _CHUNK))
            except zlib.error:
                if self._fresh and self._out:
                    self.trouble = "what follows the end of the gzip data is no gzip"
                else:
                    self.trouble = "the gzip file is damaged"
                return b""
            self._packed = self._unpack.unconsumed_tail
            self._fresh = False
            self._out += len(data)
            if self._out > BOMB_BYTES and self._out > BOMB_RATIO * self._file.tell():
                self.trouble = BOMB
            if data:
                return data
        return b""

    def close(self) -> None:
        self._file.close()


class Member:
    """A member of a zip."""

    def __init__(self, path: Path, info: zipfile.ZipInfo) -> None:
        self._zip = zipfile.ZipFile(path)
        self._file = self._zip.open(info)
        self._packed, self._unpacked = info.compress_size, info.file_size
        self._out = 0
        self.trouble: str | None = None

    @property
    def consumed(self) -> int:
        # the share of what it unpacks to, in bytes of the zip, as for any other file
        return min(self._packed, self._packed * self._out // max(1, self._unpacked))

    def read(self, size: int) -> bytes:
        if self.trouble is not None:
            return b""
        try:
            # small steps: what fails takes no more than its own step with it
            data = self._file.read(min(size, _CHUNK))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            self.trouble = "the zip member is damaged or cut off"
            return b""
        self._out += len(data)
        if self._out > BOMB_BYTES and self._out > BOMB_RATIO * self._packed:
            self.trouble = BOMB
        return data

    def close(self) -> None:
        self._file.close()
        self._zip.close()


def read_head(source: Source, size: int) -> tuple[bytes, bool, str | None]:
    """The first bytes, whether that is all, and what went wrong on the way."""
    stream = source.open()
    try:
        parts: list[bytes] = []
        got = 0
        while got < size:
            data = stream.read(size - got)
            if not data:
                return b"".join(parts), True, stream.trouble
            parts.append(data)
            got += len(data)
        return b"".join(parts), False, stream.trouble
    finally:
        stream.close()


def is_gzip(head: bytes) -> bool:
    """Whether the first bytes are those of a gzip file."""
    return head.startswith(_GZIP)
