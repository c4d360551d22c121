"""Files brought to another version of the schema, up or down, one version at a time, with what is lost counted.

What the two frozen documents tell needs no code: a column that the other version has more is null; one that it has not
is dropped, and its values are a loss. Renamings and recodings are declared in `schema/migrations`. A code that an older
version does not know is kept as it is and counted as a loss: nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from conflict_events import files
from conflict_events.dataset.migrate.hop import hop, table_of
from conflict_events.dataset.migrate.result import Loss, Migrated
from conflict_events.dataset.migrate.writing import write
from conflict_events.dataset.schema_documents import order
from conflict_events.errors import BadDataError, UsageError
from conflict_events.schema.migrations import MIGRATIONS, Migration
from conflict_events.schema.structure import SCHEMA_VERSION_KEY, TABLE_KEY

__all__ = ["Loss", "Migrated", "migrate"]

Document = dict[str, Any]


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
            current, lost = hop(con, number, str(current), one, other, migrations)
            losses += lost
            if current is None:
                return Migrated(str(path), None, table, None, version, to, rows, tuple(losses))
        if out.exists() and out.resolve() == path.resolve() and losses and not accept_loss:
            return Migrated(str(path), None, table, current, version, to, rows, tuple(losses))
        declared = table_of(chain[-1], str(current))
        write(con, f"hop_{number}", declared, metadata, to, out)
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
