"""One version further, up or down: the SQL of the rows as the next version has them, and what that loses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from conflict_events import files
from conflict_events.dataset.migrate.result import Loss
from conflict_events.dataset.schema_documents import order
from conflict_events.errors import BadDataError
from conflict_events.schema.migrations import Migration, Recode, RenameColumn, RenameTable, Step
from conflict_events.schema.types import Type
from conflict_events.targets.accepted import ACCEPTED

if TYPE_CHECKING:
    import duckdb

Document = dict[str, Any]


def hop(
    con: duckdb.DuckDBPyConnection,
    number: int,
    table: str,
    one: Document,
    other: Document,
    migrations: Sequence[Migration],
) -> tuple[str | None, list[Loss]]:
    """The view hop_NUMBER: the rows of the hop before, as the next version has them; the table's name there."""
    up = order(one["version"]) < order(other["version"])
    ends = (one["version"], other["version"]) if up else (other["version"], one["version"])
    steps = [s for m in migrations if (m.older, m.newer) == ends for s in m.steps]
    view, versions = f"hop_{number - 1}", (one["version"], other["version"])
    renamed = {(s.old, s.new) if up else (s.new, s.old) for s in steps if isinstance(s, RenameTable)}
    target = dict(renamed).get(table, table)
    if target not in {t["name"] for t in other["tables"]}:
        [(rows,)] = con.execute(f"SELECT count(*) FROM {view}").fetchall()
        reason = f"{other['version']} has no such table"
        return None, [Loss(table, None, rows, *versions, reason)] if rows else []
    newer_name = target if up else table
    declared, before = table_of(other, target), table_of(one, table)
    types = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {view}").fetchall()}
    source = _sources([s for s in steps if not isinstance(s, RenameTable) and s.table == newer_name], up)
    selects, losses = [], []
    for column in declared["columns"]:
        name, kind = column["name"], ACCEPTED[Type(column["type"])][0]
        origin, codes = source.get(name, (name, {}))
        if origin not in types:
            if not column["nullable"]:
                raise BadDataError(
                    f"{target}.{name} may not be null in {other['version']}, and {one['version']} has no such column"
                )
            selects.append(f"CAST(NULL AS {kind}) AS {_id(name)}")
            continue
        value = _recoded(_id(origin), codes)
        cast = f"TRY_CAST({value} AS {kind})"
        selects.append(f"{cast} AS {_id(name)}")
        losses += _losses(con, view, target, name, versions, _cast_losses(origin, types[origin], codes, cast))
        losses += _unknown_codes(con, view, target, column, cast, other, versions)
    taken = {source.get(c["name"], (c["name"], {}))[0] for c in declared["columns"]}
    for column in before["columns"]:
        name = column["name"]
        if name in types and name not in taken:
            condition = (f"{_id(name)} IS NOT NULL", f"{other['version']} has no such column")
            losses += _losses(con, view, table, name, versions, [condition])
    foreign = [n for n in types if n not in taken and n not in {c["name"] for c in before["columns"]}]
    selects += [_id(name) for name in foreign]
    con.execute(f"CREATE TEMP VIEW hop_{number} AS SELECT {', '.join(selects)} FROM {view}")
    return target, losses


def _sources(steps: Sequence[Step], up: bool) -> dict[str, tuple[str, dict[str, str]]]:
    """For each column of the target that a step speaks of: the column it is made of, and how its codes become."""
    out: dict[str, tuple[str, dict[str, str]]] = {}
    for step in steps:
        if isinstance(step, RenameColumn):
            here, there = (step.new, step.old) if up else (step.old, step.new)
            out[here] = (there, out.get(here, ("", {}))[1])
    older = {s.new: s.old for s in steps if isinstance(s, RenameColumn)}
    for step in steps:
        if isinstance(step, Recode):
            here = step.column if up else older.get(step.column, step.column)
            pairs = step.codes if up else tuple((new, old) for old, new in reversed(step.codes))
            out[here] = (out.get(here, (here, {}))[0], dict(pairs))
    return out


def _recoded(value: str, codes: dict[str, str]) -> str:
    if not codes:
        return value
    whens = " ".join(f"WHEN {files.quoted(a)} THEN {files.quoted(b)}" for a, b in codes.items())
    return f"CASE CAST({value} AS VARCHAR) {whens} ELSE CAST({value} AS VARCHAR) END"


def _cast_losses(origin: str, was: str, codes: dict[str, str], cast: str) -> list[tuple[str, str]]:
    """When a value of the column is lost: it does not fit the type, or its code has become another's."""
    if codes:
        first = {new: old for old, new in reversed(codes.items())}
        merged = [old for old, new in codes.items() if first[new] != old]
        names = ", ".join(map(files.quoted, merged))
        return [(f"CAST({_id(origin)} AS VARCHAR) IN ({names})", "several codes became one")] if merged else []
    return [(f"TRY_CAST({cast} AS {was}) IS DISTINCT FROM {_id(origin)}", "the value does not fit the type")]


def _unknown_codes(
    con: duckdb.DuckDBPyConnection,
    view: str,
    table: str,
    column: Document,
    cast: str,
    other: Document,
    versions: tuple[str, str],
) -> list[Loss]:
    if column["vocabulary"] is None:
        return []
    known = ", ".join(files.quoted(term["code"]) for term in other["vocabularies"][column["vocabulary"]])
    strange = f"CAST({cast} AS VARCHAR) NOT IN ({known})"
    found = con.execute(
        f"SELECT CAST({cast} AS VARCHAR) AS c, count(*) FROM {view} WHERE {strange} GROUP BY c ORDER BY c"
    )
    reason = f"{versions[1]} does not know the code; it is kept:"
    return [Loss(table, column["name"], rows, *versions, f"{reason} {code}") for code, rows in found.fetchall()]


def _losses(
    con: duckdb.DuckDBPyConnection,
    view: str,
    table: str,
    column: str,
    versions: tuple[str, str],
    conditions: Sequence[tuple[str, str]],
) -> list[Loss]:
    out = []
    for where, reason in conditions:
        [(rows,)] = con.execute(f"SELECT count(*) FROM {view} WHERE {where}").fetchall()
        if rows:
            out.append(Loss(table, column, rows, *versions, reason))
    return out


def table_of(document: Document, name: str) -> Document:
    found: Document = next(t for t in document["tables"] if t["name"] == name)
    return found


def _id(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
