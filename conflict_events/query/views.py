"""The SQL that makes each table a view: over its Parquet files, or empty where there are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events import files as data_files
from conflict_events import resources, schema
from conflict_events.errors import UsageError
from conflict_events.targets.accepted import ACCEPTED

if TYPE_CHECKING:
    import duckdb


def shipped() -> str:
    """The script that makes a view of every table over the release's files."""
    return "\n".join(_view(table, f"SELECT * FROM {_scan([_released(table)])}") for table in schema.TABLES)


def own(files: dict[str, list[Path]], con: duckdb.DuckDBPyConnection) -> str:
    """The script that makes a view of every table over a user's files, by table.

    Tables without files are empty, of the declared types; the vocabulary and the crosswalks are then the shipped ones.
    """
    return "\n".join(_view(table, _own(table, files.get(table.name), con)) for table in schema.TABLES)


def empty(table: schema.Table) -> str:
    """The query that gives the table's columns, of the declared types, and no row."""
    return f"SELECT {', '.join(map(_null, table.columns))} WHERE false"


def _own(table: schema.Table, paths: list[Path] | None, con: duckdb.DuckDBPyConnection) -> str:
    if paths is None and table in schema.CROSSWALKS:
        return f"SELECT * FROM {_scan([_released(table)])}"
    if paths is None:
        return empty(table)
    scan = _scan(paths)
    present = {name.lower() for name in con.sql(f"SELECT * FROM {scan}").columns}
    absent = [column for column in table.columns if column.name not in present]
    return f"SELECT {', '.join(['*', *map(_null, absent)])} FROM {scan}"


def _released(table: schema.Table) -> Path:
    path = resources.release() / f"{table.name}.parquet"
    if not path.is_file():
        raise UsageError(f"{path} is missing: reinstall conflict-events, or build the release in a checkout")
    return path


def _view(table: schema.Table, query: str) -> str:
    return f"CREATE OR REPLACE VIEW {table.name} AS {query};"


def _scan(paths: list[Path]) -> str:
    return data_files.scan(paths, ", union_by_name = true" if len(paths) > 1 else "")


def _null(column: schema.Column) -> str:
    return f'CAST(NULL AS {ACCEPTED[column.type][0]}) AS "{column.name}"'
