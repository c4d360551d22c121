"""Rows into records: how a conversion's events come to stand where a curator reviews them."""

from __future__ import annotations

import struct
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from conflict_events import schema
from conflict_events.dataset import layout
from conflict_events.dataset.places import without_place_values
from conflict_events.dataset.reading import Row, read
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema.types import Type


def add(folder: Path, tables: Mapping[str, Iterable[Row]]) -> list[Path]:
    """Append rows to the records, so that `read` finds them; returns the files that changed, sorted.

    Files that exist keep their text and comments: new records go to their end, columns in declared order, without
    what an event takes from its place. Rows of event_actors and casualties stand under their event or report, which
    must be among the rows. An actor, place or publisher that is there already stands as it is. Raises UsageError
    for a table that records do not hold, BadDataError for any other row that is already there or has no parent;
    then nothing was written.
    """
    for name in tables:
        if name not in layout.TABLES:
            raise UsageError(f"{name} is no table of the records: use {', '.join(layout.TABLES)}")
    there = read(folder).tables
    given = {name: _new(name, map(_without_nulls, rows), there[name]) for name, rows in tables.items()}
    places = {place["place_id"]: place for place in (*there["places"], *given.get("places", []))}
    given["events"] = [
        without_place_values(row, places[row["place_id"]]) if row.get("place_id") in places else row
        for row in given.get("events", [])
    ]
    texts: dict[str, str] = {}
    for file, text in _new_text(folder, given):
        texts[file] = f"{texts[file]}\n{text}" if file in texts else text
    return _write_all(folder, texts)


def _new_text(folder: Path, given: dict[str, list[Row]]) -> Iterable[tuple[str, str]]:
    children = {
        (parent, key): _by_parent(given, table, column, parent)
        for parent, nested in layout.NESTED.items()
        for key, (table, column) in nested.items()
    }
    for row in given.get("sources", []):
        yield layout.source_file(row["source_id"]), _record("source", "sources", row, brackets="[]")
    new_sources = {row["source_id"] for row in given.get("sources", [])}
    for row in given.get("reports", []):
        file = layout.source_file(row["source_id"])
        if row["source_id"] not in new_sources and not (folder / file).is_file():
            raise BadDataError(f"report {row['report_id']!r}: its source {row['source_id']!r} is not in the records")
        under = {"casualties": children["reports", "casualties"].get(row["report_id"], [])}
        yield file, _record("reports", "reports", row, under)
    for row in sorted(given.get("events", []), key=lambda row: (str(row.get("date_start", "")), row["event_id"])):
        under = {"actors": children["events", "actors"].get(row["event_id"], [])}
        yield layout.events_file(row.get("date_start")), _record("events", "events", row, under)
    for table in layout.SINGLE_FILES:
        for row in given.get(table, []):
            yield f"{table}.toml", _record(table, table, row)


def _by_parent(given: dict[str, list[Row]], table: str, column: str, parent: str) -> dict[str, list[Row]]:
    known = {row[column] for row in given.get(parent, [])}
    found: dict[str, list[Row]] = {}
    for row in given.get(table, []):
        if row[column] not in known:
            raise BadDataError(f"{table}: {column} {row[column]!r} is not among the {parent} given: add them together")
        found.setdefault(row[column], []).append(row)
    return found


def _record(
    header: str, table: str, row: Row, under: Mapping[str, list[Row]] | None = None, brackets: str = "[[]]"
) -> str:
    """One record as TOML: its values in declared order, then what stands under it. Raises BadDataError."""
    declared = schema.table(table)
    unknown = sorted(row.keys() - set(declared.names))
    if unknown:
        raise BadDataError(f"{table}: {row.get(declared.key[0])!r} has the unknown column {unknown[0]}")
    unwritten = layout.unwritten(table, row)
    plain, lists = {}, {}
    for column in declared.columns:
        value = row.get(column.name)
        if value is None or column.name in unwritten:
            continue
        if column.type is Type.AFFILIATIONS:
            lists[column.name] = [_without_nulls(one) for one in value]
        else:
            plain[column.name] = _shortest(value) if column.type is Type.FLOAT else value
    half = len(brackets) // 2
    text = f"{brackets[:half]}{header}{brackets[half:]}\n{tomli_w.dumps(plain)}"
    for name, ones in lists.items():
        text += "".join(f"\n[[{header}.{name}]]\n{tomli_w.dumps(one)}" for one in ones)
    for key, rows in (under or {}).items():
        child = layout.NESTED[table][key][0]
        text += "".join(f"\n{_record(f'{header}.{key}', child, one)}" for one in rows)
    return text


def _new(table: str, rows: Iterable[Row], there: list[Row]) -> list[Row]:
    names = schema.table(table).key
    seen = {tuple(row[name] for name in names) for row in there}
    found = []
    for row in rows:
        key = tuple(row.get(name) for name in names)
        if None in key:
            raise BadDataError(f"{table}: a row without {' or '.join(names)}: a record has its key")
        if key not in seen:
            found.append(row)
        elif table not in layout.CURATED:
            raise BadDataError(f"{table}: {', '.join(map(str, key))} stands already in the records")
        seen.add(key)
    return found


def _write_all(folder: Path, texts: dict[str, str]) -> list[Path]:
    ready: dict[Path, str] = {}
    for file, text in texts.items():
        path = folder / file
        old = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if path.is_file() else ""
        tomllib.loads(old + text)  # before the first file is touched: a file must never end up unreadable
        ready[path] = old + text
    for path, text in ready.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.part")
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(path)
    return sorted(ready)


def _without_nulls(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None}


def _shortest(value: Any) -> Any:
    """The shortest decimal that is the same 32-bit float: 0.9, not 0.8999999761581421."""
    wanted = struct.pack("<f", value)
    return next((v for digits in range(1, 9) if struct.pack("<f", v := float(f"{value:.{digits}g}")) == wanted), value)
