"""Files brought to another version of the schema, up or down, one version at a time, with what is lost counted.

What the two frozen documents tell needs no code: a column that the other version has more is null; one that it has not
is dropped, and its values are a loss. Renamings and recodings are declared in `schema/migrations`. A code that an older
version does not know is kept as it is and counted as a loss: nothing is put in its place.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflict_events import files
from conflict_events.dataset.schema_documents import order
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema.migrations import MIGRATIONS, Migration, Recode, RenameColumn, RenameTable, Step
from conflict_events.schema.structure import SCHEMA_VERSION_KEY, TABLE_KEY
from conflict_events.schema.types import Type
from conflict_events.targets.accepted import ACCEPTED

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loss:
    """What one column, or a whole table (column null), loses: in how many rows, between which versions, and why."""

    table: str
    column: str | None
    rows: int
    older: str
    newer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """One file: its table in the version it came from, and in the one it is now of (null: that has none such)."""

    file: str
    output: str | None
    table: str
    new_table: str | None
    from_version: str
    to_version: str
    rows: int
    losses: tuple[Loss, ...]

    def to_json(self) -> str:
        """The loss report as JSON."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    def to_text(self) -> str:
        """The loss report as lines for people."""
        lines = [f"{self.file}: {self.table} {self.from_version} -> {self.to_version}, {self.rows:,} rows"]
        for one in self.losses:
            where = one.table if one.column is None else f"{one.table}.{one.column}"
            lines.append(f"  lost: {where} in {one.rows:,} rows ({one.reason}, {one.older} -> {one.newer})")
        return "\n".join(lines if self.losses else [f"{lines[0]}, nothing lost"])


def migrate(
    path: Path,
    out: Path,
    to: str,
    documents: Sequence[Document],
    *,
    migrations: Sequence[Migration] = MIGRATIONS,
    from_version: str | None = None,
    accept_loss: bool = True,
) -> Migrated:
    """Write the Parquet file `path`, brought to the version `to`, as `out`.

    documents: the schema documents of every version between. from_version: of which version the file is, where its
    metadata do not say. The file is written aside and put in place whole; its rows keep their order, its own
    metadata stay. Columns that the schema does not know are kept. Where `out` is `path` and values would be lost,
    it is replaced only with `accept_loss`. A table that the target version does not have is not written.

    Raises UsageError where a version is not known or the file does not say its own, BadDataError for a file that
    cannot be read or lacks a value that the target version requires.
    """
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (pa.ArrowInvalid, OSError) as error:
        raise BadDataError(f"{path} is not a readable Parquet file: {files.first_line(error)}") from error
    version = metadata.get(SCHEMA_VERSION_KEY.encode(), b"").decode() or from_version
    if version is None:
        raise UsageError(f"{path} does not say of which schema version it is: say it with --from VERSION")
    chain = _chain(documents, version, to)
    known = {t["name"] for t in chain[0]["tables"]}
    table = metadata.get(TABLE_KEY.encode(), b"").decode() or (path.stem if path.stem in known else "")
    if not table:
        table = files.table_of(str(path), None, dict.fromkeys(pq.read_schema(path).names, ""))
    if table not in known:
        raise UsageError(f"{path}: schema {version} has no table '{table}'")
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false; SET enable_geoparquet_conversion = false")
        current: str | None = table
        losses: list[Loss] = []
        con.execute(f"CREATE TEMP VIEW hop_0 AS FROM {files.scan([path])}")
        [(rows,)] = con.execute("SELECT count(*) FROM hop_0").fetchall()
        number = 0
        for number, (one, other) in enumerate(pairwise(chain), 1):
            current, lost = _hop(con, number, str(current), one, other, migrations)
            losses += lost
            if current is None:
                return Migrated(str(path), None, table, None, version, to, rows, tuple(losses))
        if out.exists() and out.resolve() == path.resolve() and losses and not accept_loss:
            return Migrated(str(path), None, table, current, version, to, rows, tuple(losses))
        declared = _table(chain[-1], str(current))
        _write(con, f"hop_{number}", declared, metadata, to, out)
        return Migrated(str(path), str(out), table, current, version, to, rows, tuple(losses))


def _chain(documents: Sequence[Document], start: str, end: str) -> list[Document]:
    """The documents from one version to the other, both included, in the order of the way."""
    by_version = {d["version"]: d for d in documents}
    for version in (start, end):
        if version not in by_version:
            known = ", ".join(sorted(by_version, key=order))
            raise UsageError(f"no schema version {version}: there are {known}")
    low, high = sorted((order(start), order(end)))
    way = sorted((v for v in by_version if low <= order(v) <= high), key=order)
    return [by_version[v] for v in (way if order(start) <= order(end) else way[::-1])]


def _hop(
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
    declared, before = _table(other, target), _table(one, table)
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


def _write(
    con: duckdb.DuckDBPyConnection, view: str, declared: Document, metadata: dict[bytes, bytes], version: str, out: Path
) -> None:
    import pyarrow.parquet as pq

    reader = con.sql(f"FROM {view}").to_arrow_reader(122_880)
    schema = _arrow(declared, reader.schema, metadata, version)
    aside = out.with_name(f".{out.name}.part")
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with pq.ParquetWriter(aside, schema, compression="zstd", compression_level=6) as writer:
            for batch in reader:
                writer.write_table(_as(batch, schema))
        aside.replace(out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _as(batch: pa.RecordBatch, schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    try:
        return pa.Table.from_batches([batch]).cast(schema)
    except (pa.ArrowInvalid, ValueError) as error:
        raise BadDataError(f"a row cannot be of the target version: {files.first_line(error)}") from error


def _arrow(declared: Document, found: pa.Schema, metadata: dict[bytes, bytes], version: str) -> pa.Schema:
    """The file's schema: the version's columns with their descriptions, then those that the schema does not know."""
    import pyarrow as pa

    from conflict_events.targets.arrow import arrow_type

    fields = []
    for column in declared["columns"]:
        said = {k: column[k] for k in ("description", "source", "unit", "vocabulary") if column[k]}
        kind = arrow_type(Type(column["type"]))
        fields.append(pa.field(column["name"], kind, nullable=column["nullable"], metadata=said))
    fields += [field for field in found if field.name not in {c["name"] for c in declared["columns"]}]
    own = {k: v for k, v in metadata.items() if k not in (b"ARROW:schema", b"pandas")}
    told = {
        SCHEMA_VERSION_KEY: version,
        TABLE_KEY: declared["name"],
        "conflict_events.description": declared["description"],
    }
    return pa.schema(fields, metadata={**own, **{k.encode(): v.encode() for k, v in told.items()}})


def _table(document: Document, name: str) -> Document:
    found: Document = next(t for t in document["tables"] if t["name"] == name)
    return found


def _id(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
