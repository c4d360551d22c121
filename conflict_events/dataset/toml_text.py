"""A file of records as text: a record written as TOML, and a file taken apart into the text of each record."""

from __future__ import annotations

import re
import struct
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import tomli_w

from conflict_events import schema
from conflict_events.dataset import layout
from conflict_events.errors import BadDataError
from conflict_events.schema.types import Type

Row = dict[str, Any]


def record(
    header: str, table: str, row: Row, under: Mapping[str, list[Row]] | None = None, brackets: str = "[[]]"
) -> str:
    """One record as TOML: its values in declared order, then what stands under it.

    Raises BadDataError for a column that the table has not.
    """
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
            lists[column.name] = [without_nulls(one) for one in value]
        else:
            plain[column.name] = _shortest(value) if column.type is Type.FLOAT else value
    half = len(brackets) // 2
    text = f"{brackets[:half]}{header}{brackets[half:]}\n{tomli_w.dumps(plain)}"
    for name, ones in lists.items():
        text += "".join(f"\n[[{header}.{name}]]\n{tomli_w.dumps(one)}" for one in ones)
    for key, rows in (under or {}).items():
        child = layout.NESTED[table][key][0]
        text += "".join(f"\n{record(f'{header}.{key}', child, one)}" for one in rows)
    return text


def blocks(text: str, headers: tuple[str, ...]) -> tuple[str, list[str]]:
    """What stands before the first record, and the text of each record with the comment lines right before it.

    headers: the names of the records, such as `events`; nested ones (`events.actors`) belong to their record. The
    texts put together are `text`. No record at all where one of them is not TOML by itself: a line in a long string
    may look like a header.
    """
    named = "|".join(re.escape(name) for name in headers)
    starts = [found.start() for found in re.finditer(rf"^(?:#.*\n)*\[{{1,2}}(?:{named})\]{{1,2}}[ \t]*$", text, re.M)]
    pieces = [text[begin:end] for begin, end in pairwise([*starts, len(text)])]
    try:
        if all(len(tomllib.loads(piece)) == 1 for piece in pieces):
            return text[: starts[0]] if starts else text, pieces
    except tomllib.TOMLDecodeError:
        pass
    return "", []


def joined(before: str, pieces: list[str]) -> str:
    """A file's text from what stands before its records and theirs, with an empty line between any two."""
    text = before
    for piece in pieces:
        apart = text == "" or text.endswith("\n\n") or (text == before and text.lstrip().startswith("#"))
        text = f"{text if apart else text.rstrip() + chr(10) * 2}{piece}"
    return text.rstrip("\n") + "\n"


def without_nulls(row: Row) -> Row:
    """The row without the columns that are null."""
    return {key: value for key, value in row.items() if value is not None}


def _shortest(value: Any) -> Any:
    """The shortest decimal that is the same 32-bit float: 0.9, not 0.8999999761581421."""
    wanted = struct.pack("<f", value)
    return next((v for digits in range(1, 9) if struct.pack("<f", v := float(f"{value:.{digits}g}")) == wanted), value)
