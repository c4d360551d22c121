"""Records into rows. The layout is told in `records`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from conflict_events import schema
from conflict_events.dataset import layout
from conflict_events.dataset.places import fill_from_places
from conflict_events.dataset.release_info import ReleaseInfo, release_info
from conflict_events.dataset.values import problem
from conflict_events.errors import BadDataError, UsageError

Row = dict[str, Any]
Located = tuple[str, Row, str]
"""A row with its table, and where it stands: the file and the record."""


@dataclass(frozen=True, slots=True)
class Records:
    """All rows of the records, by table, every table of `layout.TABLES` there, and what release.toml says."""

    tables: Mapping[str, list[Row]]
    release: ReleaseInfo


def read(folder: Path) -> Records:
    """Read the records; the rows are complete but for what `build` computes.

    Raises UsageError where there is no such folder, and BadDataError, naming file and record, for TOML that
    cannot be read (with its line), an unknown key, a value of another type, a key column that is missing, an id
    that stands twice, and an event in another month's file.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder: name the folder of the records (data/records)")
    tables: dict[str, list[Row]] = {table: [] for table in layout.TABLES}
    seen: dict[tuple[Any, ...], str] = {}
    for table, row, where in _rows(folder):
        _refuse_duplicate(table, row, where, seen)
        tables[table].append(row)
    fill_from_places(tables["events"], tables["places"])
    return Records(tables, release_info(load(folder / "release.toml"), "release.toml"))


def load(path: Path) -> dict[str, Any]:
    """One TOML file. Raises BadDataError with the file's name, and the line where the TOML is wrong."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadDataError(f"{path}: no such file: the records need it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadDataError(f"{path}: not readable as TOML in UTF-8: {error}") from error
    except RecursionError:
        raise BadDataError(f"{path}: not readable as TOML: nested too deeply") from None


def _rows(folder: Path) -> Iterator[Located]:
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if name == "release.toml":
            continue
        if path.parent == folder and path.stem in layout.SINGLE_FILES:
            yield from _list_file(name, load(path), path.stem)
        elif name.startswith("events/") and name.count("/") == 1:
            for located in _list_file(name, load(path), "events"):
                _refuse_other_month(name, *located)
                yield located
        elif name.startswith("sources/") and name.count("/") == 1:
            yield from _source_file(name, load(path), layout.source_id(path.stem))
        else:
            raise BadDataError(f"{name}: no file of this name belongs in the records: see the layout in data/README.md")


def _list_file(file: str, content: Row, table: str) -> Iterator[Located]:
    _only(file, content, {table})
    yield from rows_under(file, content, table, table, {})


def _source_file(file: str, content: Row, source_id: str) -> Iterator[Located]:
    _only(file, content, {"source", "reports"})
    source = content.get("source")
    if not isinstance(source, dict):
        raise BadDataError(f"{file}: [source] is missing: give the source that the reports are from")
    implied = {"source_id": source_id}
    yield from _one(source, "sources", f"{file}: source", implied)
    yield from rows_under(file, content, "reports", "reports", implied)


def rows_under(where: str, content: Row, key: str, table: str, implied: Row) -> Iterator[Located]:
    """The rows of the list `key` of a TOML table, and of what is nested in them. Raises BadDataError as `read` does.

    where: what messages name. implied: columns that the records' place says and their keys do not.
    """
    found = content.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadDataError(f"{where}: {key} must be a list of tables: write [[{key}]] before each")
    separator = " " if ": " in where else ": "
    for number, one in enumerate(found, 1):
        yield from _one(one, table, f"{where}{separator}{key}[{number}]{_label(table, one, implied)}", implied)


def _one(record: Row, table: str, where: str, implied: Row) -> Iterator[Located]:
    nested = layout.NESTED.get(table, {})
    declared = schema.table(table)
    unwritten = layout.unwritten(table, record)
    for key, value in record.items():
        if key in nested:
            continue
        if key in unwritten:
            raise BadDataError(f"{where}: leave out {key}: {unwritten[key]}")
        if key not in declared.names:
            raise BadDataError(f"{where}: unknown key {key}{_suggest(key, {*declared.names, *nested})}")
        wrong = problem(declared.column(key), value)
        if wrong:
            raise BadDataError(f"{where}: {wrong}")
    row = {**implied, **{key: value for key, value in record.items() if key not in nested}}
    absent = [key for key in declared.key if key not in row]
    if absent:
        raise BadDataError(f"{where}: {', '.join(absent)} is missing: a record has its key")
    yield table, row, where
    for key, (child, inherited) in nested.items():
        yield from rows_under(where, record, key, child, {inherited: row[inherited]})


def _refuse_duplicate(table: str, row: Row, where: str, seen: dict[tuple[Any, ...], str]) -> None:
    key = (table, *(row[name] for name in schema.table(table).key))
    if key in seen:
        raise BadDataError(f"{where}: stands already in {seen[key]}: keep one of the two")
    seen[key] = where


def _refuse_other_month(file: str, table: str, row: Row, where: str) -> None:
    if table == "events" and layout.events_file(row.get("date_start")) != file:
        raise BadDataError(f"{where}: belongs in {layout.events_file(row.get('date_start'))} by its date_start")


def _only(file: str, content: Row, keys: set[str]) -> None:
    for key in content.keys() - keys:
        raise BadDataError(f"{file}: unknown key {key}{_suggest(key, keys)}")


def _label(table: str, record: Row, implied: Row) -> str:
    key = next((name for name in schema.table(table).key if name in record and name not in implied), None)
    return f" ({key} {record[key]!r})" if key else ""


def _suggest(key: str, known: set[str]) -> str:
    close = get_close_matches(key, sorted(known), n=1)
    return f": is {close[0]} meant?" if close else f": the keys are {', '.join(sorted(known))}"
