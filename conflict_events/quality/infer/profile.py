"""What is in the columns of a sample of someone's file, found by DuckDB in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events.files import quoted
from conflict_events.quality.inputs import ROW, Part
from conflict_events.quality.mapped import as_text
from conflict_events.quality.message import identifier

if TYPE_CHECKING:
    import duckdb

ROWS = 100_000
"""Most rows that are looked at, from the start of the file."""
MOST = 5_000
"""Most distinct values that are looked up one by one."""
NOTHING = ("NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None")
"""What R, pandas and others write where there is no value."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a part, every value as a text file would write it.

    names: the file's columns, in order, and their DuckDB types; tags: whether row 0 holds HXL tags and no data.
    """

    con: duckdb.DuckDBPyConnection
    part: Part
    names: tuple[str, ...]
    rows: int
    tags: bool

    def column(self, name: str) -> str:
        """The sample's column of that name, as SQL."""
        return f"c{self.names.index(name)}"

    def count(self, name: str, condition: str = "true") -> int:
        """How many rows have a value there that meets the condition; `{}` is the value in the condition."""
        return self.counts(name, [condition])[0]

    def counts(self, name: str, conditions: Iterable[str]) -> list[int]:
        """The same for several conditions, in one scan. Texts that stand for no value are not values."""
        value = self.column(name)
        asked = ", ".join(f"count(*) FILTER ({one.replace('{}', value)})" for one in conditions)
        return list(self._one(f"SELECT {asked} FROM _sample WHERE {value} NOT IN ({_list(NOTHING)})"))

    def distinct(self, name: str) -> int:
        """How many different values there are."""
        return int(self._one(f"SELECT count(DISTINCT {self.column(name)}) FROM _sample")[0])

    def values(self, name: str) -> dict[str, int] | None:
        """The values and how often each is there, in order; None where they are more than MOST."""
        value = self.column(name)
        found = self.con.execute(
            f"SELECT {value}, count(*) FROM _sample WHERE {value} NOT IN ({_list(NOTHING)}) GROUP BY ALL ORDER BY 1 "
            f"LIMIT {MOST + 1}"
        ).fetchall()
        return dict(found) if len(found) <= MOST else None

    def nothing(self, name: str) -> tuple[str, ...]:
        """Texts in the column that stand for no value."""
        value = self.column(name)
        found = self.con.execute(
            f"SELECT DISTINCT {value} FROM _sample WHERE {value} IN ({_list(NOTHING)}) ORDER BY 1"
        ).fetchall()
        return tuple(text for (text,) in found)

    def most_common(self, name: str, expression: str) -> str | None:
        """The value of an SQL expression that most rows have; null apart."""
        value = self.column(name)
        found = self.con.execute(
            f"SELECT {expression.replace('{}', value)} AS v, count(*) FROM _sample "
            f"WHERE {value} NOT IN ({_list(NOTHING)}) GROUP BY v HAVING v IS NOT NULL ORDER BY 2 DESC, 1 LIMIT 1"
        ).fetchall()
        return found[0][0] if found else None

    def _one(self, query: str) -> tuple[int, ...]:
        return self.con.execute(query).fetchall()[0]


def sample(con: duckdb.DuckDBPyConnection, part: Part) -> Sample:
    """The first ROWS rows of the part, with the tags that follow an HXL header left out."""
    names = tuple(part.types)
    columns = ", ".join(
        f"nullif({as_text(identifier(name), part.types[name])}, '') AS c{i}" for i, name in enumerate(names)
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE _sample AS SELECT {columns}, {ROW} AS _row FROM "
        f"(FROM ({part.sql}) WHERE {ROW} < {ROWS})"
    )
    first = con.execute("SELECT * EXCLUDE (_row) FROM _sample WHERE _row = 0").fetchall()
    told = [value for value in (first[0] if first else ()) if value is not None]
    tags = bool(told) and all(value.startswith("#") and value != "#N/A" for value in told)
    if tags:
        con.execute("DELETE FROM _sample WHERE _row = 0")
    rows = con.execute("SELECT count(*) FROM _sample").fetchall()[0][0]
    return Sample(con, part, names, int(rows), tags)


def _list(texts: Iterable[str]) -> str:
    return ", ".join(quoted(text) for text in texts)
