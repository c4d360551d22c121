"""What a comparison found, as data. Counts are plain; the changes stay in DuckDB until they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from conflict_events.dataset.diff.columns import identifier
from conflict_events.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that OLD covers."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Periods:
    """Numbers of rows by where they lie in time: within what OLD covers, after it, before it, without a date."""

    within: int
    after: int
    before: int
    undated: int


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column (or a key of native, `native.NAME`), in how many rows it changed, and in how many by spelling only."""

    column: str
    rows: int
    spelling_only: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A column or key of native that only one side (`old` or `new`) has, and so is not compared.

    rows: in how many rows a key of native stands. foreign: the schema does not know the column.
    """

    column: str
    side: str
    rows: int | None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths of one origin, country and year: sums of the low, best and high estimates, before and after."""

    origin: str | None
    country: str | None
    year: int | None
    events_old: int | None = None
    low_old: int | None = None
    best_old: int | None = None
    high_old: int | None = None
    events_new: int | None = None
    low_new: int | None = None
    best_new: int | None = None
    high_new: int | None = None

    @property
    def differs(self) -> bool:
        """Whether a figure changed."""
        return (self.low_old, self.best_old, self.high_old) != (self.low_new, self.best_new, self.high_new)

    def difference(self, figure: str) -> int | None:
        """After minus before, of `low`, `best` or `high`; a side without a figure counts 0; null where both lack it."""
        old, new = getattr(self, f"{figure}_old"), getattr(self, f"{figure}_new")
        return None if old is None and new is None else (new or 0) - (old or 0)


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table. rows_old = kept + withdrawn + rows_apart_old; rows_new = kept + added + rows_apart_new.

    revised: kept rows of which a column changed; spelling_only: those of them that changed in spelling alone.
    keys_apart: keys that are null or stand in several rows of a side; their rows are not compared.
    """

    table: str
    key: tuple[str, ...]
    rows_old: int
    rows_new: int
    kept: int
    added: int
    withdrawn: int
    revised: int
    spelling_only: int
    keys_apart: int
    rows_apart_old: int
    rows_apart_new: int
    columns: tuple[ColumnChange, ...]
    labels: tuple[ColumnChange, ...]
    layout: tuple[Layout, ...]
    covers: Span | None = None
    added_periods: Periods | None = None
    withdrawn_periods: Periods | None = None

    @property
    def unchanged(self) -> int:
        """Kept rows of which no column changed but labels of the release."""
        return self.kept - self.revised

    @property
    def differs(self) -> bool:
        """Whether a row was added, withdrawn, revised or set apart."""
        return bool(self.added or self.withdrawn or self.revised or self.keys_apart)


@dataclass(frozen=True)
class Diff:
    """Two sides, compared. Tables that only one side has are named, not compared."""

    old: str
    new: str
    old_release: str | None
    new_release: str | None
    tables: tuple[TableDiff, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    deaths: tuple[Deaths, ...]
    con: duckdb.DuckDBPyConnection = field(repr=False, compare=False)

    @property
    def differs(self) -> bool:
        """Whether any table differs, or is on one side only. Labels of the release and layout are no difference."""
        return bool(self.only_old or self.only_new) or any(t.differs for t in self.tables)

    def table(self, name: str = "events") -> TableDiff:
        """What was found of one table; UsageError where it was not compared."""
        for one in self.tables:
            if one.table == name:
                return one
        raise UsageError(f"table {name} was not compared: {', '.join(t.table for t in self.tables)} were")

    def changes(self, table: str = "events") -> pa.Table:
        """Every change of the table: the key's columns, change, column, old, new, spelling_only, date_start, period.

        change: added, withdrawn, revised, label (of the release) or apart (set apart: several rows of one key; old
        and new are the numbers of rows). column, old and new are null for added and withdrawn rows; values are text
        that casts back to the value. period: within, after, before (what OLD covers) or undated, of added and
        withdrawn rows. Sorted by key, then change, then column.
        """
        return self.relation(table).to_arrow_table()

    def relation(self, table: str, where: str = "true") -> duckdb.DuckDBPyRelation:
        """`changes` in DuckDB, not yet computed; `where` narrows it (an SQL condition over its columns)."""
        from conflict_events.dataset.diff.changes import query

        return self.con.sql(f"FROM ({query(self.table(table))}) WHERE {where} ORDER BY ALL")

    def batches(self, table: str, where: str = "true") -> Iterator[list[dict[str, Any]]]:
        """The rows of `relation`, some thousands at a time."""
        for batch in self.relation(table, where).to_arrow_reader(8_192):
            yield batch.to_pylist()

    def to_text(self, examples: int = 3) -> str:
        """A short summary for people, with `examples` of each kind of change."""
        from conflict_events.dataset.diff.formats.text import to_text

        return to_text(self, examples)

    def to_markdown(self, examples: int = 3) -> str:
        """The summary as Markdown, for release notes and comments."""
        from conflict_events.dataset.diff.formats.markdown import to_markdown

        return to_markdown(self, examples)

    def to_json(self) -> str:
        """All of it as one JSON document, every change too (see `changes`)."""
        import io

        from conflict_events.dataset.diff.formats.json import write_json

        out = io.StringIO()
        write_json(self, out)
        return out.getvalue()


def names(key: tuple[str, ...]) -> str:
    """The key's columns as SQL."""
    return ", ".join(map(identifier, key))
