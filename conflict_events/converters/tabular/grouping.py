"""Layouts whose rows are not events but the parts of one, such as one row for each actor.

The sheet is read twice. The first time tells which rows are of one event, and gathers their parts in a DuckDB file, so
that memory does not grow with the sheet; the second gives the events, in the order in which they first appear. Rows are
of one event where they agree in every column that is no part (`Groups.parts`, and columns that the dataset does not
know), told by the SHA-256 of those cells. Rows of one id that differ elsewhere are events of their own under that id,
and named as duplicates, because which of them is right is not ours to say.

What the rows of an event say apart stays in `native.rows`, a list of objects in the file's order, empty cells left out.
To rebuild, every event gives as many rows as the list is long: the cells of parts come from the list's object, all
others are the event's, the same in each. The rows of an event then stand together, at the place of its first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from conflict_events.converters.reading.model import Block, Shape, Sheet
from conflict_events.converters.tabular import quoted
from conflict_events.converters.tabular.header import Recognised
from conflict_events.converters.tabular.native import PARTS

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY = "256MB"
"""What the gathering may hold in memory; beyond it parts wait on disk."""


@dataclass(frozen=True, slots=True)
class Grouped(Block):
    """A block of events. sizes: how many rows each was made of. lines_of: index of an event -> its rows' lines."""

    sizes: tuple[int, ...] = ()
    lines_of: Callable[[int], list[int]] = lambda _: []


def grouped(sheet: Sheet, shape: Shape, known: Recognised, block_bytes: int) -> Iterator[Grouped]:
    """The sheet's events, block by block; records that could not be read come first, while the rows are gathered."""
    lines = _Lines(sheet, shape, block_bytes)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _Rows(known, Path(folder)) as rows:
        for block in sheet.blocks(shape, block_bytes):
            rows.add(block.table)
            yield Grouped(rows.none(), block.rejects, block.line_of, block.bytes)
        rows.find()
        start = 0
        for block in sheet.blocks(shape, block_bytes):
            table, positions = rows.events(block.table, start)
            start += block.table.num_rows
            line_of, lines_of = partial(_first, lines, positions), partial(_all, lines, positions)
            yield Grouped(table, (), line_of, 0, tuple(map(len, positions)), lines_of)


class _Rows:
    """Which rows of a sheet are one event, and what they say apart."""

    def __init__(self, known: Recognised, folder: Path) -> None:
        import duckdb

        parts = {c.sql for c in known.parts}
        self._same = [c.sql for c in known.columns if c.sql not in parts]
        self._parts = [c.sql for c in known.parts]
        self._second = dict(known.groups.second) if known.groups else {}
        self._keys = known.keys
        self._rows = 0
        self._con = duckdb.connect(
            str(folder / "rows.duckdb"),
            config={
                **{"threads": 1, "memory_limit": MEMORY, "temp_directory": str(folder / "spilled")},
                "autoload_known_extensions": "false",
            },
        )
        self._con.execute("SET preserve_insertion_order = false")
        columns = ", ".join(f"{quoted.name(name)} VARCHAR" for name in self._parts)
        self._con.execute(f"CREATE TABLE gathered (at_ BIGINT, same_ BLOB, {columns})")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    def add(self, table: pa.Table) -> None:
        """The sheet's next rows, in the first reading."""
        cells = f"CAST(to_json([{_names(self._same)}]) AS VARCHAR)"
        self._register(table, self._rows)
        self._con.execute(f"INSERT INTO gathered SELECT at_, unhex(sha256({cells})), {_names(self._parts)} FROM added")
        self._con.unregister("added")
        self._rows += table.num_rows

    def find(self) -> None:
        """All rows are there: find the first of each event."""
        self._con.execute("CREATE TABLE firsts AS SELECT same_, min(at_) AS first_ FROM gathered GROUP BY same_")
        self._con.execute("CREATE TABLE parts AS SELECT * EXCLUDE (same_) FROM gathered JOIN firsts USING (same_)")
        self._con.execute("DROP TABLE gathered")

    def none(self) -> pa.Table:
        """No event, with all columns that events have."""
        import pyarrow as pa

        names = (*self._same, *self._parts, *self._second.values(), PARTS)
        return pa.table({name: pa.array([], pa.string()) for name in dict.fromkeys(names)})

    def events(self, table: pa.Table, start: int) -> tuple[pa.Table, list[list[int]]]:
        """The events whose first row is in this block of the second reading, and the positions of each one's rows."""
        said = ", ".join(
            f"CASE WHEN {quoted.name(part)} IS NOT NULL THEN {quoted.text(_key(self._keys[part]))} "
            f"|| to_json({quoted.name(part)}) END"
            for part in self._parts
        )
        nth = [(part, 1, part) for part in self._parts] + [(part, 2, to) for part, to in self._second.items()]
        laid = ", ".join(f"list({quoted.name(part)} ORDER BY at_)[{n}] AS {quoted.name(to)}" for part, n, to in nth)
        self._register(table, start)
        events = self._con.sql(
            f"SELECT rows_, {_names(self._same)}, {_names([to for _, _, to in nth])}, {PARTS} "
            f"FROM (SELECT at_, {_names(self._same)} FROM added) JOIN (SELECT first_ AS at_, "
            f"list(at_ ORDER BY at_) AS rows_, {laid}, "
            f"'[' || string_agg('{{' || concat_ws(',', {said}) || '}}', ',' ORDER BY at_) || ']' AS {PARTS} "
            f"FROM parts WHERE first_ >= {start} AND first_ < {start + table.num_rows} GROUP BY first_) USING (at_) "
            "ORDER BY at_"
        ).to_arrow_table()
        self._con.unregister("added")
        return events.drop(["rows_"]), events.column("rows_").to_pylist()

    def _register(self, table: pa.Table, start: int) -> None:
        import pyarrow as pa

        places = pa.array(range(start, start + table.num_rows), pa.int64())
        self._con.register("added", table.append_column("at_", places))


class _Lines:
    """Where rows stand, by their position among the sheet's sound rows: the sheet is read again for it."""

    def __init__(self, sheet: Sheet, shape: Shape, block_bytes: int) -> None:
        self._sheet, self._shape, self._block_bytes = sheet, shape, block_bytes
        self._lock = threading.Lock()

    def of(self, positions: Sequence[int]) -> list[int]:
        """The line of each row."""
        found = {}
        start = 0
        with self._lock:
            for block in self._sheet.blocks(self._shape, self._block_bytes):
                rows = block.table.num_rows
                found.update({p: block.line_of(p - start) for p in positions if start <= p < start + rows})
                start += rows
        return [found[p] for p in positions]


def _first(lines: _Lines, positions: list[list[int]], event: int) -> int:
    return lines.of(positions[event][:1])[0]


def _all(lines: _Lines, positions: list[list[int]], event: int) -> list[int]:
    return lines.of(positions[event])


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(quoted.name, names))


def _key(key: str) -> str:
    import json

    return json.dumps(key, ensure_ascii=False) + ":"
