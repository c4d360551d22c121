"""The gazetteer that a user imported: where it lies, and how a place is found in it without reading it all.

One file, `geonames.tsv`, whose last line describes it, so that a file that was cut off is known for one:

1. a comment that names the source and its licence;
2. for each country, sorted: its places (GeoNames id, name, latitude, longitude, population, admin1 code), sorted by
   id; then its names (folded name, 1 for a place's main name or else 0, GeoNames id), sorted as bytes;
3. first- and second-level divisions (ISO3, level, admin1 code, name), sorted;
4. JSON: how it was made, and where each of these begins and ends.

The file is mapped into memory and searched by halves: worldwide it is larger than what may be read at once.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from conflict_events.errors import UsageError

VARIABLE = "CONFLICT_EVENTS_GAZETTEER"
FILE = "geonames.tsv"
FORMAT = 1
ATTRIBUTION = (
    "Places: GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), "
    "changed: a selection"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A populated place as the file has it; degrees on WGS 84."""

    geonames_id: str
    name: str
    latitude: float
    longitude: float
    population: int
    admin1: str


class Imported:
    """An imported gazetteer, open to be searched. `told` is what its last line says, without the byte ranges."""

    def __init__(self, path: Path) -> None:
        """UsageError where the file is not whole, or of another format."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise UsageError(f"the imported gazetteer {path} cannot be read: {error.strerror or error}") from error
        except ValueError:  # a file of 0 bytes cannot be mapped
            raise _damaged(path) from None
        try:
            last = json.loads(self._data[self._data.rfind(b"\n", 0, len(self._data) - 1) + 1 :].decode("utf-8"))
            made = last["format"]
            if made == FORMAT:
                self._places = {iso3: (start, end) for iso3, (start, end, _) in last["places"].items()}
                self._names = {iso3: (start, end) for iso3, (start, end, _) in last["names"].items()}
                self._divisions: tuple[int, int] = (last["divisions"][0], last["divisions"][1])
                self.told: dict[str, Any] = last["told"]
                self.countries: dict[str, int] = {iso3: n for iso3, (_, _, n) in last["places"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            self.close()
            raise _damaged(path) from None
        if made != FORMAT:
            self.close()
            raise UsageError(f"the imported gazetteer {path} is of another version of this package: {_MEND}")

    def close(self) -> None:
        """Let go of the file, so that it may be replaced on every platform."""
        self._data.close()

    def place(self, country: str, geonames_id: str) -> Row | None:
        """The place of that id in a country (ISO3)."""
        if country not in self._places:
            return None
        wanted = int(geonames_id)
        start, end = self._places[country]
        at = self._first(start, end, lambda line: int(line.split(b"\t", 1)[0]) >= wanted)
        if at == end:
            return None
        number, name, latitude, longitude, population, admin1 = self._line(at, end).decode("utf-8").split("\t")
        if number != geonames_id:
            return None
        return Row(number, name, float(latitude), float(longitude), int(population), admin1)

    def named(self, country: str, folded: str) -> Iterator[tuple[bool, Row]]:
        """The places of a folded name in a country (ISO3), and whether it is their main name."""
        if country not in self._names:
            return
        start, end = self._names[country]
        key = folded.encode("utf-8") + b"\t"
        at = self._first(start, end, lambda line: line >= key)
        while at < end:
            line = self._line(at, end)
            if not line.startswith(key):
                return
            _, main, number = line.decode("utf-8").split("\t")
            row = self.place(country, number)
            if row is None:
                raise _damaged(self.path)
            yield main == "1", row
            at += len(line) + 1

    def divisions(self) -> list[tuple[str, int, str, str]]:
        """(ISO3, level, admin1 code, name) of every first- and second-level division."""
        start, end = self._divisions
        lines = self._data[start:end].decode("utf-8").split("\n")[:-1]
        return [(iso3, int(level), code, name) for iso3, level, code, name in (line.split("\t") for line in lines)]

    def _first(self, start: int, end: int, reached: Callable[[bytes], bool]) -> int:
        """Where the first line begins that has reached what is looked for; `end` where none has."""
        low, high = start, end
        while low < high:
            middle = (low + high) // 2
            before = self._data.rfind(b"\n", low, middle)
            at = low if before < 0 else before + 1
            line = self._line(at, end)
            if reached(line):
                high = at
            else:
                low = at + len(line) + 1
        return low

    def _line(self, at: int, end: int) -> bytes:
        stop = self._data.find(b"\n", at, end)
        return self._data[at : end if stop < 0 else stop]


_MEND = "import the dump again (--force), or `conflict-events gazetteer remove`"


def _damaged(path: Path) -> UsageError:
    return UsageError(f"the imported gazetteer {path} is damaged or cut off: {_MEND}")


def folder() -> Path | None:
    """The folder of the imported gazetteer, whether it is there or not; None where the user has no home."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    base = data_folder(sys.platform, os.environ, _home())
    return None if base is None else Path(base) / "conflict-events" / "gazetteer"


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def data_folder(platform: str, environment: Mapping[str, str], home: PurePath | None) -> PurePath | None:
    """Where a user's data lie on a platform, by its custom."""
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return PurePath(local) if local else home and home / "AppData" / "Local"
    if platform == "darwin":
        return home and home / "Library" / "Application Support"
    xdg = PurePath(environment.get("XDG_DATA_HOME", ""))
    # the specification of XDG_DATA_HOME has a relative one passed over
    return xdg if xdg.is_absolute() else home and home / ".local" / "share"


def file() -> Path | None:
    """The imported gazetteer's file; None where nothing was imported."""
    base = folder()
    path = None if base is None else base / FILE
    return path if path is not None and path.is_file() else None
