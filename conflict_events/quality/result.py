"""What a validation found. The shape is the same whatever engine ran."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa


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


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of `validate`.

    counts: rule id -> number of failing rows, 0 for a rule that ran clean; a rule that did not run is absent.
    failures: Arrow table of rule_id, file, row (0-based position in its file; null for a failure of the whole
    file), key (the row's key, as text), message; one row a failure, all of them.
    """

    suite: str
    engine: str
    checked: tuple[Checked, ...]
    counts: dict[str, int]
    failures: pa.Table
    not_run: tuple[NotRun, ...]
    seconds: float
    _split: Callable[[str, bool], pa.Table] = field(repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether no rule of severity error failed."""
        return not any(n and schema.rule(r).severity is schema.Severity.ERROR for r, n in self.counts.items())

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
        return self._split(table, True), self._split(table, False)

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
