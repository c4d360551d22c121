"""A part's columns against the declaration: what is missing, extra or mistyped, and what is left to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.quality.inputs import FILE, ROW, Part
from conflict_events.quality.message import identifier, in_sql, key, their_names
from conflict_events.schema import structure
from conflict_events.targets.accepted import ACCEPTED, NO_VALUE, accepts, text_cast

if TYPE_CHECKING:
    import duckdb

    from conflict_events.quality.held import Held


@dataclass(frozen=True, slots=True)
class Usable:
    """A part of which `good` columns are there and of an accepted type; `sql` has those, `original` has all.

    `absent`: columns that a mapping file says the input does not have. `mapped`: the columns are seen through one, so
    that they are not the files' own; `theirs`: our column -> the files', where that is another name.
    """

    table: schema.Table
    sql: str
    original: str
    good: frozenset[str]
    files: tuple[str, ...]
    held: Held | None = None
    absent: frozenset[str] = frozenset()
    mapped: bool = False
    theirs: Mapping[str, str] = field(default_factory=dict)


def check_columns(con: duckdb.DuckDBPyConnection, part: Part, counts: dict[str, int]) -> Usable:
    """Record the structural failures of the part in `_failures` and `counts`; return what can be checked further."""
    table = schema.table(part.table)
    for rule in schema.STRUCTURAL:
        counts.setdefault(rule.id, 0)
    good: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []

    def fail(rule: schema.Rule, **values: str) -> None:
        message = rule.message.format(table=table.name, **values)
        found.extend((rule.id, file, message) for file in part.files)
        counts[rule.id] += len(part.files)

    for column in table.columns:
        type = part.types.get(column.name)
        if type is None and column.name in part.absent:
            continue
        if type is None:
            fail(structure.MISSING, column=column.name)
        elif part.is_text or column.name in part.casts or accepts(column.type, type):
            good[column.name] = _cast(column, part)
        else:
            fail(structure.MISTYPED, column=column.name, found=type, wanted=column.type.value)
    for name in part.types:
        if name not in table.names:
            fail(structure.EXTRA, column=name)
    if found:
        # all at once: a thousand files, or a file of a thousand columns, have many
        columns = [list(each) for each in zip(*found, strict=True)]
        con.execute("INSERT INTO _failures SELECT unnest(?), unnest(?), NULL, NULL, unnest(?)", columns)
    original = part.original or part.sql
    mapped = part.original is not None
    mapping = (part.absent, mapped, part.theirs)
    usable = Usable(table, _select(good, part), original, frozenset(good), part.files, part.held, *mapping)
    if part.is_text or part.casts:
        _check_casts(con, part, usable, counts)
    return usable


def _cast(column: schema.Column, part: Part) -> str:
    if column.name in part.casts:
        return part.casts[column.name]
    if part.is_text:
        return text_cast(column.name, column.type)
    if part.types[column.name] == NO_VALUE:
        return f'CAST("{column.name}" AS {ACCEPTED[column.type][0]})'
    return f'"{column.name}"'


def _select(good: dict[str, str], part: Part) -> str:
    columns = "".join(f'{sql} AS "{name}", ' for name, sql in good.items())
    return f"SELECT {columns}{FILE}, {ROW} FROM ({part.sql})"


def _check_casts(con: duckdb.DuckDBPyConnection, part: Part, usable: Usable, counts: dict[str, int]) -> None:
    known_by = key([c for c in usable.table.key if c in usable.good])
    for column in usable.table.columns:
        if column.name not in usable.good or column.type is schema.Type.STRING:
            continue
        if not (part.is_text or column.name in part.casts):
            continue
        value = identifier(column.name)
        template = structure.UNCAST.message + their_names([column.name], usable.theirs)
        message = in_sql(template, {"value": value}, column=column.name, wanted=column.type.value)
        failed = con.execute(
            f"INSERT INTO _failures SELECT '{structure.UNCAST.id}', {FILE}, {ROW}, {known_by}, {message} "
            f"FROM ({part.sql}) "
            f"WHERE {value} IS NOT NULL AND {_cast(column, part)} IS NULL"
        ).fetchone()
        counts[structure.UNCAST.id] += int(failed[0]) if failed else 0
