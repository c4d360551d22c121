"""Every change as Parquet: a file a table, or one file where one table was compared."""

from __future__ import annotations

from pathlib import Path

from conflict_events.dataset.diff.result import Diff
from conflict_events.errors import UsageError
from conflict_events.files import first_line, quoted


def write_parquet(found: Diff, out: Path) -> None:
    """Write `Diff.changes`: to the file NAME.parquet, or to the folder as TABLE.parquet.

    Each file is written aside and put in place whole. Raises UsageError where several tables were compared and one
    file is named.
    """
    if out.suffix.lower() != ".parquet":
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out} is a file, and not of Parquet by its name: name a folder, or NAME.parquet")
        out.mkdir(parents=True, exist_ok=True)
        for one in found.tables:
            _write(found, one.table, out / f"{one.table}.parquet")
        return
    if len(found.tables) > 1:
        names = ", ".join(one.table for one in found.tables)
        raise UsageError(f"{names} were compared: name a folder for -o, or compare the files of one table")
    _write(found, found.tables[0].table, out)


def _write(found: Diff, table: str, path: Path) -> None:
    import duckdb

    aside = path.with_name(f".{path.name}.part")
    try:
        sql = found.relation(table).sql_query()
        path.parent.mkdir(parents=True, exist_ok=True)
        found.con.execute(f"COPY ({sql}) TO {quoted(str(aside.absolute()))} (FORMAT parquet, COMPRESSION zstd)")
        aside.replace(path)
    except (OSError, duckdb.IOException) as error:
        raise UsageError(
            f"{path} cannot be written: {getattr(error, 'strerror', None) or first_line(error)}"
        ) from error
    finally:
        aside.unlink(missing_ok=True)
