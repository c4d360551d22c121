"""Rows that many events give: sources, publishers, actors. They are gathered and stand once, by their table's key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.converters.tabular.dataset import Dataset

if TYPE_CHECKING:
    import pyarrow as pa


class Shared:
    """The gathered rows of a conversion, held by DuckDB, which spills to disk."""

    def __init__(self, dataset: Dataset) -> None:
        import duckdb

        self._names = [side.table for side in dataset.sides if side.shared]
        self._con = duckdb.connect(config={"threads": 1})
        self._order = 0

    def takes(self, table: str) -> bool:
        """Whether the table's rows are gathered here."""
        return table in self._names

    def add(self, table: str, rows: pa.Table) -> None:
        """More rows, of which some may be there already."""
        self._con.register("added", rows)
        self._con.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT 0 AS order_, * FROM added WHERE false")
        key = ", ".join(schema.table(table).key)
        self._con.execute(
            f"INSERT INTO {table} SELECT DISTINCT ON ({key}) {self._order}, * FROM added "
            f"ANTI JOIN {table} USING ({key})"
        )
        self._con.unregister("added")
        self._order += 1

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """Each table, a row for each key."""
        from conflict_events.targets.arrow import arrow_schema

        there = {name for (name,) in self._con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        for table in dict.fromkeys(self._names):
            if table in there:
                declared = arrow_schema(table)
                key = ", ".join(schema.table(table).key)
                names = ", ".join(declared.names)
                rows = self._con.sql(f"SELECT {names} FROM {table} ORDER BY {key}").to_arrow_table()
                yield table, rows.cast(declared)
