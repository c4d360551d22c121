"""Layouts whose rows are not events but the parts of one, such as one row for each actor.

All rows of the sheet are gathered in a DuckDB file that leaves memory free, and given on as one row per event, in the
order in which the events first appear. Rows are of one event where they agree in every column that is no part
(`Groups.parts`, and columns that the dataset does not know): rows of one id that differ elsewhere are told as events
of their own under that id, and named as duplicates, because which of them is right is not ours to say.

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
"""What the gathering may hold in memory; beyond it rows wait on disk."""

_ROWS = 16_384


@dataclass(frozen=True, slots=True)
class Grouped(Block):
    """A block of events. sizes: how many rows each was made of. lines_of: index of an event -> the lines of its rows."""

    sizes: tuple[int, ...] = ()
    lines_of: Callable[[int], list[int]] = lambda _: []


def grouped(sheet: Sheet, shape: Shape, known: Recognised, block_bytes: int) -> Iterator[Grouped]:
    """The sheet's events, block by block; records that could not be read come first, while the rows are gathered."""
    lines = _Lines(sheet, shape, block_bytes)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _Rows(known, Path(folder)) as rows:
        for block in sheet.blocks(shape, block_bytes):
            rows.add(block.table)
            yield Grouped(rows.none(), block.rejects, block.line_of, block.bytes)
        for table, positions in rows.events():
            sizes = tuple(map(len, positions))
            line_of, lines_of = partial(_first, lines, positions), partial(_all, lines, positions)
            yield Grouped(table, (), line_of, 0, sizes, lines_of)


class _Rows:
    """The rows of a sheet, on disk."""

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
            config={"threads": 1, "memory_limit": MEMORY, "temp_directory": str(folder / "spilled")},
        )
        self._con.execute("SET preserve_insertion_order = false")
        columns = ", ".join(f"{quoted.name(name)} VARCHAR" for name in (*self._same, *self._parts))
        self._con.execute(f"CREATE TABLE gathered (at_ BIGINT, same_ UBIGINT, {columns})")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    def add(self, table: pa.Table) -> None:
        """The sheet's next rows."""
        import pyarrow as pa

        here = range(self._rows, self._rows + table.num_rows)
        self._con.register("added", table.append_column("at_", pa.array(here, pa.int64())))
        names = _names((*self._same, *self._parts))
        self._con.execute(f"INSERT INTO gathered SELECT at_, hash({_names(self._same)}), {names} FROM added")
        self._con.unregister("added")
        self._rows += table.num_rows

    def none(self) -> pa.Table:
        """No event, with all columns that events have."""
        import pyarrow as pa

        names = (*self._same, *self._parts, *self._second.values(), PARTS)
        return pa.table({name: pa.array([], pa.string()) for name in dict.fromkeys(names)})

    def events(self) -> Iterator[tuple[pa.Table, list[list[int]]]]:
        """Blocks of events, with the positions of the rows of each; ordered by the first."""
        import pyarrow as pa
        import pyarrow.compute as pc

        self._con.execute("CREATE TABLE firsts AS SELECT same_, min(at_) AS first_ FROM gathered GROUP BY same_")
        names = _names((*self._same, *self._parts))
        ordered = self._con.sql(
            f"SELECT first_, at_, {names} FROM gathered JOIN firsts USING (same_) ORDER BY first_, at_"
        )
        rest: pa.Table | None = None
        for batch in ordered.to_arrow_reader(_ROWS):
            rows = pa.Table.from_batches([batch])
            rows = rows if rest is None else pa.concat_tables([rest, rows])
            last = rows.column("first_")[-1]
            whole = pc.sum(pc.not_equal(rows.column("first_"), last)).as_py()
            rest = rows.slice(whole)
            if whole:
                yield self._block(rows.slice(0, whole))
        if rest is not None and rest.num_rows:
            yield self._block(rest)

    def _block(self, rows: pa.Table) -> tuple[pa.Table, list[list[int]]]:
        """The events that whole groups of rows make. Equal hashes are no proof: the cells themselves are compared."""
        import duckdb

        said = ", ".join(
            f"CASE WHEN {quoted.name(part)} IS NOT NULL THEN {quoted.text(_key(self._keys[part]))} "
            f"|| to_json({quoted.name(part)}) END"
            for part in self._parts
        )
        first = ", ".join(f"list({quoted.name(p)} ORDER BY at_)[1] AS {quoted.name(p)}" for p in self._parts)
        second = ", ".join(
            f"list({quoted.name(p)} ORDER BY at_)[2] AS {quoted.name(to)}" for p, to in self._second.items()
        )
        row = f"'{{' || concat_ws(',', {said}) || '}}'"
        with duckdb.connect(config={"threads": 1, "autoload_known_extensions": "false"}) as con:
            con.register("rows", rows)
            events = con.sql(
                f"SELECT list(at_ ORDER BY at_) AS at_, {_names(self._same)}, {first}, {second}, "
                f"'[' || string_agg({row}, ',' ORDER BY at_) || ']' AS {PARTS} "
                f"FROM rows GROUP BY first_, {_names(self._same)} ORDER BY min(at_)"
            ).to_arrow_table()
        return events.drop(["at_"]), events.column("at_").to_pylist()


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
