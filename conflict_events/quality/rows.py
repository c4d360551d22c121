"""The rows behind a result, read again from the input when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.files import first_line
from conflict_events.quality import failures, inputs
from conflict_events.quality.inputs import FILE, ROW, Stamps
from conflict_events.quality.message import identifier
from conflict_events.quality.structure import Usable

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class StoredRows:
    """The parts of a run, its connection and its store of failures. Refuses files that have changed since."""

    con: duckdb.DuckDBPyConnection
    parts: tuple[Usable, ...]
    suite: str
    before: Stamps

    def split(self, table: str, good: bool) -> pa.Table:
        """The good or the bad rows of one table, as they were given, in order."""
        import pyarrow as pa

        inputs.refuse_changed(self.before)
        parts = [part for part in self.parts if part.table.name == table]
        pieces = [self.con.sql(self.chosen(part, good)).to_arrow_table() for part in parts]
        try:
            return pa.concat_tables(pieces, promote_options="default")
        except pa.ArrowException as error:
            raise UsageError(
                f"the files of {table} have columns of different types: validate them one by one ({first_line(error)})"
            ) from error

    def chosen(self, part: Usable, good: bool) -> str:
        """The SQL of the good or the bad rows of one part, as they were given, in order."""
        kept = "NOT EXISTS" if good else "EXISTS"
        return (
            f"SELECT * EXCLUDE ({FILE}, {ROW}) FROM ({part.original}) AS r WHERE {kept} (SELECT 1 FROM "
            f'{failures.TABLE} AS f WHERE f."file" = r.{FILE} AND f."row" = r.{ROW} '
            f"AND f.rule_id IN ({self.errors(part)})) ORDER BY {FILE}, {ROW}"
        )

    def errors(self, part: Usable) -> str:
        """The ids, as an SQL list, of the rules whose failures make a row of the part bad."""
        rules: Sequence[schema.Rule] = (*part.table.rules, *schema.STRUCTURAL)
        return ", ".join(f"'{r.id}'" for r in rules if schema.severity(r.id, self.suite) is schema.Severity.ERROR)

    def where(self, columns: Mapping[str, str]) -> pa.Table:
        """Every failure of a row with those columns of its row, read as those DuckDB types."""
        inputs.refuse_changed(self.before)
        pieces = []
        for part in self.parts:
            wanted = (
                f"TRY_CAST({'r.' + identifier(name) if name in part.good else 'NULL'} AS {type}) AS {identifier(name)}"
                for name, type in columns.items()
            )
            pieces.append(
                f'SELECT f.rule_id, f."file", f."row", {", ".join(wanted)} FROM {failures.TABLE} AS f '
                f'JOIN ({part.sql}) AS r ON f."file" = r.{FILE} AND f."row" = r.{ROW}'
            )
        return self.con.sql(f"{' UNION ALL '.join(pieces)} ORDER BY ALL").to_arrow_table()
