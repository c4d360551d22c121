"""A GeoNames dump to the file of the user's gazetteer, with every row of it accounted for.

The dump is read once, as a stream. What is kept is set down by country in files beside the target and then sorted a
country at a time, so that the memory needed is that of the largest country, whatever the size of the dump. The same
dumps give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from conflict_events.converters.articles import gazetteer
from conflict_events.converters.articles.gazetteer import imported
from conflict_events.converters.articles.gazetteer.fold import fold, latin, spellings
from conflict_events.converters.reading.archive import contents, shown
from conflict_events.converters.reading.containers import Gzip, Plain, Source, is_gzip
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema import vocabulary

COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code",
    "country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation",
    "dem", "timezone", "modification date",
)  # fmt: skip
CLASSES = ("P", "A")
_DIVISIONS = {"ADM1": 1, "ADM2": 2}
_GONE = frozenset({"PPLH", "PPLCH"})

OTHER_CLASS = "neither a populated place nor a first- or second-level division"
NOT_ASKED = "of a class or a country that was not asked for"
NO_COUNTRY = "without a country code, or with one that is not known"
GONE = "historical: no longer there, or no longer so named"
NO_NAME = "without a name in Latin script, or with a name too short to look for"
NO_POINT = "with coordinates that are none, or out of range"
NO_POPULATION = "with a population that is no whole number"
AGAIN = "with the id of a row before"

_CHUNK = 2**20
_LONGEST = 2**20
_BUFFERED = 200_000
_ASIDE = ".importing-"
_ID = re.compile(r"[0-9]{1,12}", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the rows of the dumps. left_out: reason -> rows; each row counts once."""

    path: Path
    sources: tuple[str, ...]
    read: int
    places: dict[str, int]
    divisions: int
    left_out: dict[str, int]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def kept(self) -> int:
        return sum(self.places.values()) + self.divisions

    @property
    def adds_up(self) -> bool:
        """Whether the rows kept and left out are those that were read."""
        return self.read == self.kept + sum(self.left_out.values())

    def to_text(self) -> str:
        """A line on what was kept, one for each reason why rows were left out, and what to know beyond."""
        lines = [
            f"{', '.join(self.sources)}: {self.read:,} rows read; {self.kept:,} kept: {sum(self.places.values()):,} "
            f"places in {len(self.places)} countries, {self.divisions:,} divisions; "
            f"{sum(self.left_out.values()):,} left out",
            *(f"{number:>12,}  {reason}" for reason, number in self.left_out.items()),
        ]
        if self.unknown:
            lines.append(f"country codes that are not known: {', '.join(self.unknown)}")
        if self.missing:
            lines.append(f"asked for, and nothing of them was kept: {', '.join(self.missing)}")
        return "\n".join(lines)


def import_dumps(
    dumps: Sequence[Path],
    *,
    countries: Sequence[str] | None = None,
    classes: Sequence[str] = CLASSES,
    force: bool = False,
    on_bytes: Callable[[int], None] | None = None,
) -> Account:
    """Make the user's gazetteer of GeoNames dumps, in place of the one that is there (with `force`).

    countries: ISO 3166-1 alpha-3 or alpha-2 codes; all where None. classes: P for populated places, A for first- and
    second-level divisions. Where a dump cannot be read or the file not be written, what was there stays as it was.

    Raises UsageError for a wrong call, BadDataError where a file is no such dump or nothing of it is kept.
    """
    if not classes or set(classes) - set(CLASSES):
        raise UsageError(f"classes are {' and '.join(CLASSES)}, not '{','.join(classes)}'")
    wanted = None if countries is None else _wanted(countries)
    folder = imported.folder()
    if folder is None:
        raise UsageError(f"no folder of the user's is known: name one in {imported.VARIABLE}")
    target = folder / imported.FILE
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: {imported.VARIABLE} names a folder")
    if target.exists() and not force:
        raise UsageError(f"{target} is there: --force replaces it")
    sources = [_source(dump) for dump in dumps]
    made = next((path for path in (folder, *folder.parents) if path.exists()), None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_ASIDE}*"):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
        try:
            return _Import(aside, wanted, frozenset(classes), on_bytes).run(sources, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror or error}; what was there is as it was"
        ) from error
    finally:
        for path in (folder, *folder.parents):  # the folders that this call made, where they stayed empty
            if path == made:
                break
            with suppress(OSError):
                path.rmdir()


def remove() -> Path | None:
    """Delete the imported gazetteer, and what a killed import left; the file that was deleted, if any."""
    folder = imported.folder()
    if folder is None or not folder.is_dir():
        return None
    gazetteer.reload()
    target = folder / imported.FILE
    there = target.is_file()
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{target} cannot be deleted: {error.strerror or error}") from error
    for left in folder.glob(f"{_ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
    return target if there else None


def iso3() -> dict[str, str]:
    """ISO 3166-1 alpha-2 -> our country, as the crosswalk has it today (GeoNames uses XK, too)."""
    return {
        row["code"] or "": row["country"] or ""
        for row in vocabulary.rows("crosswalk_country")
        if row["scheme"] == "iso_alpha2" and row["country"] and not row["valid_to"]
    }


def _wanted(given: Sequence[str]) -> frozenset[str]:
    known = iso3()
    found: set[str] = set()
    for code in given:
        upper = code.strip().upper()
        if upper not in known and upper not in known.values():
            raise UsageError(f"'{code}' is no ISO 3166-1 country code such as SYR")
        found.add(known.get(upper, upper))
    if not found:
        raise UsageError("no country was given")
    return frozenset(found)


def _source(path: Path) -> Source:
    """The one text of a dump, plain or packed."""
    name = shown(path.name)
    if path.is_dir():
        raise UsageError(f"{path}: a folder: name the dump in it")
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    try:
        with path.open("rb") as file:
            head = file.read(4)
        size = path.stat().st_size
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not size:
        raise BadDataError(f"{name} is empty: 0 bytes")
    if not head.startswith(b"PK"):
        return Source(name, size, partial(Gzip if is_gzip(head) else Plain, path))
    found = contents(path, name)
    if found.workbook:
        raise BadDataError(f"{name}: a workbook: a GeoNames dump is a text file, or that in a zip")
    for aside in found.set_aside:
        raise BadDataError(f"{aside.file}: {aside.reason}")
    # a country's zip has a readme.txt beside the dump
    if len(found.sources) > 1:
        names = ", ".join(source.name.split("!", 1)[1] for source in found.sources[:5])
        raise BadDataError(f"{name} holds several files ({names}): unpack it, and name the dump")
    return found.sources[0]


class _Import:
    """One run: counts, and what is kept so far."""

    def __init__(
        self,
        aside: Path,
        wanted: frozenset[str] | None,
        classes: frozenset[str],
        on_bytes: Callable[[int], None] | None,
    ) -> None:
        self._aside = aside
        self._wanted = wanted
        self._classes = classes
        self._on_bytes = on_bytes
        self._iso3 = iso3()
        self._read = 0
        self._left_out: Counter[str] = Counter()
        self._unknown: set[str] = set()
        self._buffers: dict[str, list[str]] = {}
        self._buffered = 0
        self._divisions: dict[str, tuple[str, int, str, str]] = {}
        self._latest = ""

    def run(self, sources: list[Source], target: Path) -> Account:
        for source in sources:
            for number, line in self._lines(source):
                self._take(line, source.name, number)
        self._flush()
        names = tuple(source.name for source in sources)
        written = self._aside / imported.FILE
        with written.open("wb") as file:
            places = self._write(file, names)
            file.flush()
            os.fsync(file.fileno())
        account = Account(
            target,
            names,
            self._read,
            places,
            len(self._divisions),
            dict(sorted(self._left_out.items(), key=lambda pair: (-pair[1], pair[0]))),
            tuple(sorted(self._unknown)),
            tuple(sorted((self._wanted or frozenset()) - set(places) - {row[0] for row in self._divisions.values()})),
        )
        if not account.kept:
            raise BadDataError(f"{' '.join(account.to_text().split())}: nothing was imported")
        gazetteer.reload()  # some platforms replace no file that is open
        written.replace(target)
        return account

    def _lines(self, source: Source) -> Iterator[tuple[int, str]]:
        """The number and text of each line that is not blank."""
        try:
            stream = source.open()
        except (OSError, NotImplementedError, RuntimeError, zipfile.BadZipFile, ValueError) as error:
            raise BadDataError(f"{source.name}: cannot be unpacked: {shown(str(error))}") from error
        try:
            number, rest, used = 0, b"", 0
            while True:
                data = stream.read(_CHUNK)
                if stream.trouble is not None:
                    raise BadDataError(f"{source.name} after line {number}: {stream.trouble}: get it again")
                if self._on_bytes is not None:
                    self._on_bytes(stream.consumed - used)
                    used = stream.consumed
                whole, mark, rest = (rest + data).rpartition(b"\n") if data else (rest, b"", b"")
                if len(rest) > _LONGEST:
                    line = number + whole.count(b"\n") + (1 if mark else 0) + 1
                    raise BadDataError(f"{source.name} line {line}: more than {_LONGEST:,} bytes: no GeoNames dump")
                if whole or mark:
                    for text in _decoded(whole, source.name, number).split("\n"):
                        number += 1
                        line_text = text.removesuffix("\r")
                        if number == 1:
                            line_text = line_text.removeprefix("\ufeff")
                        if line_text:
                            yield number, line_text
                if not data:
                    break
            if not number:
                raise BadDataError(f"{source.name} is empty: it unpacks to 0 bytes")
        finally:
            stream.close()

    def _take(self, line: str, name: str, number: int) -> None:
        """Keep a row or count why not; BadDataError where it shows that the file is no dump."""
        fields = line.split("\t")
        if len(fields) != len(COLUMNS):
            raise BadDataError(f"{name} line {number}: {_miscounted(fields)}")
        if not _ID.fullmatch(fields[0]):
            raise BadDataError(
                f"{name} line {number}, column 1 (geonameid): '{shown(fields[0])[:40]}' is no whole number; a GeoNames "
                "dump has no header"
            )
        self._read += 1
        reason = self._keep(fields)
        if reason is not None:
            self._left_out[reason] += 1

    def _keep(self, fields: list[str]) -> str | None:
        """Set the row down; or why it is left out."""
        kind, code = fields[6], fields[7]
        if kind != "P" and (kind != "A" or code not in _DIVISIONS):
            return OTHER_CLASS
        if kind not in self._classes:
            return NOT_ASKED
        country = self._iso3.get(fields[8])
        if country is None:
            if fields[8] and len(self._unknown) < 20:
                self._unknown.add(shown(fields[8])[:10])
            return NO_COUNTRY
        if self._wanted is not None and country not in self._wanted:
            return NOT_ASKED
        if code in _GONE:
            return GONE
        name = _name(fields[1], fields[2])
        if name is None:
            return NO_NAME
        reason = self._division(country, name, fields) if kind == "A" else self._place(country, name, fields)
        if reason is None and self._latest < fields[18] and _DATE.fullmatch(fields[18]):
            self._latest = fields[18]
        return reason

    def _division(self, country: str, name: str, fields: list[str]) -> str | None:
        if len(fold(name)) < 3:
            return NO_NAME
        if str(int(fields[0])) in self._divisions:
            return AGAIN
        self._divisions[str(int(fields[0]))] = (country, _DIVISIONS[fields[7]], fields[10], name)
        return None

    def _place(self, country: str, name: str, fields: list[str]) -> str | None:
        latitude, longitude = _degrees(fields[4], 90.0), _degrees(fields[5], 180.0)
        if latitude is None or longitude is None:
            return NO_POINT
        population = fields[14] or "0"
        if not _ID.fullmatch(population):
            return NO_POPULATION
        names = spellings(name, (fields[2], *fields[3].split(",")))
        row = (
            str(int(fields[0])), name, f"{latitude:.5f}", f"{longitude:.5f}", str(int(population)), fields[10],
            "|".join([fold(name), *names]),
        )  # fmt: skip
        self._buffers.setdefault(country, []).append("\t".join(row))
        self._buffered += 1
        if self._buffered >= _BUFFERED:
            self._flush()
        return None

    def _flush(self) -> None:
        for country, lines in self._buffers.items():
            with (self._aside / country).open("a", encoding="utf-8", newline="\n") as file:
                file.write("\n".join(lines) + "\n")
        self._buffers.clear()
        self._buffered = 0

    def _write(self, file: BinaryIO, sources: tuple[str, ...]) -> dict[str, int]:
        """The whole file, as `imported` describes it; the number of places of each country."""
        digest, at = hashlib.sha256(), 0

        def put(lines: Iterable[bytes]) -> tuple[int, int, int]:
            """Write the lines; where they begin and end, and how many there are."""
            nonlocal at
            start, number = at, 0
            for line in lines:
                file.write(line + b"\n")
                digest.update(line + b"\n")
                at += len(line) + 1
                number += 1
            return start, at, number

        put([f"# {imported.ATTRIBUTION}; made by conflict-events".encode()])
        places: dict[str, tuple[int, int, int]] = {}
        names: dict[str, tuple[int, int, int]] = {}
        for path in sorted(path for path in self._aside.iterdir() if path.name != imported.FILE):
            keys: list[bytes] = []
            places[path.name] = put(self._sorted(path, keys))
            keys.sort()
            names[path.name] = put(keys)
            path.unlink()
        divisions = put("\t".join(map(str, row)).encode() for row in sorted(self._divisions.values()))
        told = {
            "sources": sources,
            "read": self._read,
            "divisions": len(self._divisions),
            "left_out": dict(sorted(self._left_out.items())),
            "latest_change": self._latest or None,
            "digest": f"sha256:{digest.hexdigest()}",
        }
        last = {"format": imported.FORMAT, "told": told, "places": places, "names": names, "divisions": divisions}
        file.write(json.dumps(last, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        return {country: number for country, (_, _, number) in places.items()}

    def _sorted(self, path: Path, keys: list[bytes]) -> Iterator[bytes]:
        """A country's places by id, the first of each id; their names go into `keys`."""
        lines = path.read_bytes().split(b"\n")[:-1]
        lines.sort(key=lambda line: int(line.split(b"\t", 1)[0]))
        before = b""
        for line in lines:
            row, _, folded = line.rpartition(b"\t")
            number = row.split(b"\t", 1)[0]
            if number == before:
                self._left_out[AGAIN] += 1
                continue
            before = number
            main, *others = folded.split(b"|")
            keys.append(b"%s\t1\t%s" % (main, number))
            keys.extend(b"%s\t0\t%s" % (other, number) for other in others)
            yield row


def _decoded(data: bytes, name: str, before: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        line = before + data.count(b"\n", 0, error.start) + 1
        column = data.count(b"\t", start, error.start)
        where = f", column {column + 1} ({COLUMNS[column]})" if column < len(COLUMNS) else ""
        raise BadDataError(f"{name} line {line}{where}: not UTF-8, as a GeoNames dump is") from None


def _miscounted(fields: list[str]) -> str:
    number, wanted = len(fields), len(COLUMNS)
    if number > wanted:
        extra = shown(fields[wanted])[:40]
        return f"{number} columns where a GeoNames dump has {wanted}: column {wanted + 1} is '{extra}'"
    s = "" if number == 1 else "s"
    return (
        f"{number} column{s} where a GeoNames dump has {wanted}, parted by tabs: column {number + 1} "
        f"({COLUMNS[number]}) is missing"
    )


def _name(name: str, ascii_name: str) -> str | None:
    """The name, or else its ASCII form, without what cannot be printed; None where neither is in Latin script."""
    for given in (name, ascii_name):
        clean = given if given.isprintable() else " ".join(_printable(given).split())
        if _readable(clean) and fold(clean):
            return clean
    return None


def _readable(name: str) -> bool:
    """As `latin`, with the marks over and beside letters that GeoNames' transliterations of Arabic have."""
    return latin(name) or latin(
        "".join(c for c in name if not (unicodedata.combining(c) or 0x2B0 <= ord(c) < 0x300)),
    )


def _printable(text: str) -> str:
    kept = (c if c.isprintable() else " " if c.isspace() or unicodedata.category(c) == "Cc" else "" for c in text)
    return "".join(kept)


def _degrees(text: str, most: float) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if -most <= value <= most else None
