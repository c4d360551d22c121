"""The rows behind a result, read again from the input when asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.errors import UsageError
from conflict_events.files import first_line, quoted
from conflict_events.quality import failures, inputs
from conflict_events.quality.held import brought
from conflict_events.quality.inputs import FILE, ROW, Stamps
from conflict_events.quality.message import identifier
from conflict_events.quality.structure import Usable

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

RULES = "ce_rules"
"""The column of quarantined rows that names the rules they break."""
BATCH = 65_536
"""Rows of a batch that is written."""
_RULES_OF_ROW = (
    f"(SELECT list(DISTINCT f.rule_id ORDER BY f.rule_id) FROM {failures.TABLE} AS f "
    f'WHERE f."file" = r.{FILE} AND f."row" = r.{ROW})'
)


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
        pieces = []
        for part in self.parts:
            if part.table.name == table:
                with self._here(part, f"rule_id IN ({self.errors(part)})", failing=not good):
                    chosen = self._chosen(part, good)
                    ordered = f"SELECT * EXCLUDE ({FILE}, {ROW}) FROM ({chosen}) ORDER BY {FILE}, {ROW}"
                    pieces.append(self.con.sql(ordered).to_arrow_table())
        try:
            return pa.concat_tables(pieces, promote_options="default")
        except pa.ArrowException as error:
            raise UsageError(
                f"the files of {table} have columns of different types: validate them one by one ({first_line(error)})"
            ) from error

    def in_order(self, part: Usable, good: bool) -> Iterator[tuple[str, pa.RecordBatch]]:
        """The good or the bad rows of one part as they were given, with their file, in order; bad ones with RULES.

        Every file has at least one batch, be it empty, so that its columns are known.
        """
        inputs.refuse_changed(self.before)
        rules = "" if good else f", {_RULES_OF_ROW} AS {RULES}"
        with self._here(part, f"rule_id IN ({self.errors(part)})", failing=not good):
            relation = self.con.sql(
                f"SELECT r.* EXCLUDE ({ROW}){rules} FROM ({self._chosen(part, good)}) AS r ORDER BY {FILE}, {ROW}"
            )
            reader = relation.to_arrow_reader(BATCH)
            if RULES in self.con.sql(self._chosen(part, good)).columns:
                raise UsageError(f"{part.files[0]} has a column {RULES}, a name that is reserved: rename it")
            empty = _empty(reader.schema)
            seen = set()
            for batch in reader:
                for file, rows in _runs(batch):
                    seen.add(file)
                    yield file, rows
            yield from ((file, empty) for file in part.files if file not in seen)

    def _chosen(self, part: Usable, good: bool) -> str:
        """The SQL of the good or the bad rows of one part, as they were given, with FILE and ROW."""
        kept = "NOT EXISTS" if good else "EXISTS"
        return (
            f"SELECT * FROM ({part.original}) AS r WHERE {kept} (SELECT 1 FROM {failures.TABLE} AS f "
            f'WHERE f."file" = r.{FILE} AND f."row" = r.{ROW} AND f.rule_id IN ({self.errors(part)}))'
        )

    def _here(
        self, part: Usable, which: str, failing: bool = True, columns: Collection[str] | None = None
    ) -> AbstractContextManager[None]:
        """While it is open, rows that an engine holds are here: those that have (or have not) one of the failures."""
        if part.held is None:
            return nullcontext()
        numbers = self.con.sql(
            f'SELECT DISTINCT "row" FROM {failures.TABLE} WHERE "file" = {quoted(part.held.label)} '
            f'AND "row" IS NOT NULL AND {which}'
        ).to_arrow_table()["row"]
        return brought(self.con, part.held, numbers, among=failing, columns=columns)

    def errors(self, part: Usable) -> str:
        """The ids, as an SQL list, of the rules whose failures make a row of the part bad."""
        rules: Sequence[schema.Rule] = (*part.table.rules, *schema.STRUCTURAL)
        return ", ".join(f"'{r.id}'" for r in rules if schema.severity(r.id, self.suite) is schema.Severity.ERROR)

    def where(self, columns: Mapping[str, str]) -> pa.Table:
        """Every failure of a row with those columns of its row, read as those DuckDB types."""
        inputs.refuse_changed(self.before)
        pieces = []
        for part in self.parts:
            row = "CAST(NULL AS BIGINT)" if part.held else 'f."row"'
            wanted = (
                f"TRY_CAST({'r.' + identifier(name) if name in part.good else 'NULL'} AS {type}) AS {identifier(name)}"
                for name, type in columns.items()
            )
            pieces.append(
                f'SELECT f.rule_id, f."file", {row} AS "row", {", ".join(wanted)} FROM {failures.TABLE} AS f '
                f'JOIN ({part.sql}) AS r ON f."file" = r.{FILE} AND f."row" = r.{ROW}'
            )
        with ExitStack() as stack:
            for part in self.parts:
                stack.enter_context(self._here(part, "true", columns=columns))
            return self.con.sql(f"{' UNION ALL '.join(pieces)} ORDER BY ALL").to_arrow_table()


def _runs(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The batch in pieces of one file each, without FILE; its rows are in the order of their files."""
    import pyarrow.compute as pc

    ends = pc.run_end_encode(batch[FILE])
    rows, start = batch.drop_columns([FILE]), 0
    for file, end in zip(ends.values.to_pylist(), ends.run_ends.to_pylist(), strict=True):
        yield file, rows.slice(start, end - start)
        start = end


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema).drop_columns([FILE])
