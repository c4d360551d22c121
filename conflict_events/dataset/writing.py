"""Rows into records: the counterpart of `reading`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from conflict_events import schema
from conflict_events.dataset import layout, toml_text
from conflict_events.dataset.places import without_place_values
from conflict_events.dataset.reading import Row, read
from conflict_events.errors import BadDataError

SOURCE_HEADERS = ("source", "reports")


@dataclass(frozen=True, slots=True)
class _Record:
    """A row with the rows that stand under it, and the name that it has in its file."""

    header: str
    table: str
    row: Row
    under: Mapping[str, list[Row]]

    @property
    def key(self) -> tuple[object, ...]:
        return (self.table, *(self.row[name] for name in schema.table(self.table).key))

    @property
    def said(self) -> object:
        """What the file is to say of it."""
        return {k: v for k, v in self.row.items() if k not in layout.unwritten(self.table, self.row)}, self.under

    def text(self, places: Mapping[object, Row]) -> str:
        place = places.get(self.row.get("place_id")) if self.table == "events" else None
        row = without_place_values(self.row, place) if place else self.row
        brackets = "[]" if self.header == "source" else "[[]]"
        return toml_text.record(self.header, self.table, row, self.under, brackets)


def write(folder: Path, tables: Mapping[str, Iterable[Row]]) -> list[Path]:
    """Make the records say the rows of `tables`; tables that are not given stand as they are.

    A record that says the same as before keeps its text and its place, with the comment lines before it; a new one
    goes to the end of its file, columns in declared order, without what an event takes from its place. A file that
    holds nothing any more is removed. Returns the files that changed, sorted.

    Raises BadDataError for a row without its key, a key that stands twice, an unknown column, or a row whose event,
    report or source is not among the rows; then nothing was written.
    """
    there = read(folder).tables
    rows = {
        name: [toml_text.without_nulls(row) for row in tables[name]] if name in tables else there[name]
        for name in layout.TABLES
    }
    old, new = _files(there), _files(rows)
    for table, ones in rows.items():
        _refuse_twice(table, ones)
    places = {place["place_id"]: place for place in rows["places"]}
    texts: dict[Path, str | None] = {}
    for file in sorted(old.keys() | new.keys()):
        before, after = old.get(file, []), new.get(file, [])
        if [record.said for record in before] == [record.said for record in after]:
            continue
        texts[folder / file] = _text(folder / file, before, after, places) if after else None
    _write_all(texts)
    return sorted(texts)


def _files(tables: Mapping[str, list[Row]]) -> dict[str, list[_Record]]:
    """The records of each file, in order."""
    under = {(parent, key): _by_parent(tables, parent, *child) for parent, key, child in _nested()}
    files: dict[str, list[_Record]] = {}

    def put(file: str, header: str, table: str, row: Row) -> None:
        _need_key(table, row)
        key = row[schema.table(table).key[0]]
        nested = {name: under[table, name].get(key, []) for name in layout.NESTED.get(table, {})}
        files.setdefault(file, []).append(_Record(header, table, row, nested))

    for row in tables["sources"]:
        put(layout.source_file(row["source_id"]) if "source_id" in row else "", "source", "sources", row)
    for row in tables["reports"]:
        file = layout.source_file(row.get("source_id", ""))
        if file not in files:
            raise BadDataError(
                f"report {row.get('report_id')!r}: its source {row.get('source_id')!r} is not in the records"
            )
        put(file, "reports", "reports", row)
    for row in tables["events"]:
        put(layout.events_file(row.get("date_start")), "events", "events", row)
    for table in layout.SINGLE_FILES:
        for row in tables[table]:
            put(f"{table}.toml", table, table, row)
    return files


def _nested() -> Iterable[tuple[str, str, tuple[str, str]]]:
    return ((parent, key, child) for parent, keys in layout.NESTED.items() for key, child in keys.items())


def _by_parent(tables: Mapping[str, list[Row]], parent: str, table: str, column: str) -> dict[object, list[Row]]:
    known = {row.get(column) for row in tables[parent]}
    found: dict[object, list[Row]] = {}
    for row in tables[table]:
        if row.get(column) not in known:
            raise BadDataError(f"{table}: {column} {row.get(column)!r} is not among the {parent}: add them together")
        found.setdefault(row[column], []).append(row)
    return found


def _need_key(table: str, row: Row) -> None:
    names = schema.table(table).key
    if any(row.get(name) is None for name in names):
        raise BadDataError(f"{table}: a row without {' or '.join(names)}: a record has its key")


def _refuse_twice(table: str, rows: list[Row]) -> None:
    """Records in which a key stands twice could not be read again."""
    names = schema.table(table).key
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        key = tuple(row.get(name) for name in names)
        if key in seen:
            raise BadDataError(f"{table}: {', '.join(map(str, key))} stands twice: keep one of the two")
        seen.add(key)


def _text(path: Path, before: list[_Record], after: list[_Record], places: Mapping[object, Row]) -> str:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    headers = SOURCE_HEADERS if after[0].header == "source" else (after[0].header,)
    head, pieces = toml_text.blocks(text, headers)
    kept = {}
    if len(pieces) == len(before):  # records stand in a file in the order in which they are read
        kept = {(record.key, repr(record.said)): piece for record, piece in zip(before, pieces, strict=True)}
    return toml_text.joined(
        head, [kept.get((record.key, repr(record.said))) or record.text(places) for record in after]
    )


def _write_all(texts: Mapping[Path, str | None]) -> None:
    """All files; where one cannot be written, none: what was there before stands again, and nothing lies beside it."""
    for text in texts.values():
        if text is not None:
            tomllib.loads(text)  # before the first file is touched: a file must never end up unreadable
    before = {path: path.read_bytes() if path.is_file() else None for path in texts}
    aside = {path: path.with_name(f".{path.name}.part") for path, text in texts.items() if text is not None}
    try:
        for path, part in aside.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(texts[path] or "", encoding="utf-8", newline="\n")
        for path, part in aside.items():
            part.replace(path)
        for path in texts.keys() - aside.keys():
            path.unlink()
    except BaseException:
        for path, old in before.items():
            _put_back(path, old)
        raise
    finally:
        for part in aside.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _put_back(path: Path, old: bytes | None) -> None:
    with suppress(OSError):
        if old is None:
            path.unlink(missing_ok=True)
        elif not path.is_file() or path.read_bytes() != old:
            path.write_bytes(old)
