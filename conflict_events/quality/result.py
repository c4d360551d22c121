"""What a validation found. The shape is the same whatever engine ran."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from conflict_events import schema
from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from conflict_events.quality.structure import Usable


@dataclass(frozen=True, slots=True)
class Checked:
    """One input: the table it is, its name (path, or `<arrow>` and the like), and how many rows it has."""

    table: str
    file: str
    rows: int


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that could not run, where, and why."""

    rule_id: str
    table: str
    file: str | None
    reason: str


class Rows(Protocol):
    """The rows behind a result, read when asked for."""

    def split(self, table: str, good: bool, /) -> pa.Table: ...

    def where(self, columns: Mapping[str, str], /) -> pa.Table: ...

    @property
    def parts(self) -> tuple[Usable, ...]: ...

    @property
    def con(self) -> duckdb.DuckDBPyConnection: ...

    def in_order(self, part: Usable, /, good: bool) -> Iterator[tuple[str, pa.RecordBatch]]: ...


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of `validate`.

    counts: rule id -> number of failing rows, 0 for a rule that ran clean; a rule that did not run is absent.
    failures: Arrow table of rule_id, file, row (0-based position in its file; null for a failure of the whole
    file, and where the input has no order, as a Spark frame), key (the row's key, as text), message; one row a
    failure, all of them.
    excused: the failures that a policy excuses, with the same columns and `reason`; they stay in counts and failures.
    allowed: rule id -> number of unexcused failures that a policy's thresholds allow; 0 where absent.
    """

    suite: str
    engine: str
    checked: tuple[Checked, ...]
    counts: dict[str, int]
    failures: pa.Table
    not_run: tuple[NotRun, ...]
    seconds: float
    excused: pa.Table
    allowed: Mapping[str, int]
    _rows: Rows = field(repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether no rule of severity error failed, but for what a policy excuses or allows."""
        return not self.blocking

    @property
    def blocking(self) -> tuple[str, ...]:
        """The rules because of which the data is not ok."""
        excused = self.excused_counts
        return tuple(
            r
            for r, n in self.counts.items()
            if self.severity(r) is schema.Severity.ERROR and n - excused.get(r, 0) > self.allowed.get(r, 0)
        )

    @property
    def excused_counts(self) -> dict[str, int]:
        """Rule id -> number of its failures that a policy excuses; only rules that have some."""
        return {c["values"]: c["counts"] for c in self.excused["rule_id"].combine_chunks().value_counts().to_pylist()}

    def severity(self, rule_id: str) -> schema.Severity:
        """How bad a failure of the rule is in this suite."""
        return schema.severity(rule_id, self.suite)

    @property
    def worst_first(self) -> tuple[str, ...]:
        """The rules that failed: errors before warnings, then those with most failures."""
        order = list(schema.Severity)
        failed = (r for r, n in self.counts.items() if n)
        return tuple(sorted(failed, key=lambda r: (order.index(self.severity(r)), -self.counts[r], r)))

    @property
    def rows(self) -> int:
        """Number of rows checked, over all inputs."""
        return sum(c.rows for c in self.checked)

    @property
    def good(self) -> pa.Table:
        """The rows that break no rule of severity error. Read when asked for."""
        return self.split(self._only_table())[0]

    @property
    def bad(self) -> pa.Table:
        """The rows that break a rule of severity error. Read when asked for."""
        return self.split(self._only_table())[1]

    def split(self, table: str) -> tuple[pa.Table, pa.Table]:
        """The good and the bad rows of one table; UsageError where that table was not checked."""
        if table not in {c.table for c in self.checked}:
            raise UsageError(f"no table {table} was validated; there are: {self._tables()}")
        return self._rows.split(table, True), self._rows.split(table, False)

    def where(self, columns: Mapping[str, str]) -> pa.Table:
        """Every failure of a row with those columns of its row: rule_id, file, row, then the columns asked for.

        columns: name -> DuckDB type to read it as ({'latitude': 'DOUBLE'}); null where the table lacks the column
        or the value does not read as that type. For pictures of where failures lie.
        """
        return self._rows.where(columns)

    def quarantine(self, folder: str | os.PathLike[str]) -> dict[str, Any]:
        """Write good and bad rows apart, the bad ones with their rule ids; see `quality.quarantine`."""
        from conflict_events.quality.quarantine import write

        return write(self, self._rows, folder)

    def data_docs(self, folder: str | os.PathLike[str]) -> Path:
        """Great Expectations' own pages about the data, in `folder`; returns the first. Needs the extra `gx`."""
        from conflict_events.quality import engines

        engines.engine("gx")  # says which extra is missing
        from conflict_events.quality.engines import gx_docs

        return gx_docs.write(self._rows, self.suite, folder)

    def to_baseline(self) -> str:
        """The failures as a baseline file, so that a later run fails for new ones only; see `quality.baseline`."""
        from conflict_events.quality.baseline import text

        return text(self)

    def _only_table(self) -> str:
        tables = {c.table for c in self.checked}
        if len(tables) != 1:
            raise UsageError(f"several tables were validated: use result.split(NAME) with one of {self._tables()}")
        return tables.pop()

    def _tables(self) -> str:
        return ", ".join(sorted({c.table for c in self.checked}))

    def to_text(self, examples: int = 3) -> str:
        """A report for people, the worst first; see `quality.formats.text`."""
        from conflict_events.quality.formats.text import to_text

        return to_text(self, examples)

    def to_json(self) -> str:
        """The whole result as JSON, every failure in it; see `quality.formats.json`."""
        from conflict_events.quality.formats.json import to_json

        return to_json(self)
