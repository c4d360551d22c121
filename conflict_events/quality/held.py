"""Rows that an engine leaves where they are, such as a Spark frame's: they come here only when asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol

from conflict_events.files import quoted
from conflict_events.quality.inputs import FILE, ROW
from conflict_events.quality.message import identifier

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


class Held(Protocol):
    """Rows that stay with the engine's library, each with a number that does not change while they are held."""

    @property
    def view(self) -> str:
        """The view that a part's SQL speaks of; there is one only while rows are `brought`."""
        ...

    @property
    def label(self) -> str:
        """What failures call the input."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, as DuckDB names them."""
        ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def rows(self, numbers: pa.Array, among: bool, columns: Collection[str], /) -> pa.Table:
        """ROW and those columns of the rows that are (or are not) among the numbers, in any order."""
        ...


class HasHeld(Protocol):
    """A part, whose rows an engine may hold."""

    @property
    def held(self) -> Held | None: ...


@contextmanager
def brought(
    con: duckdb.DuckDBPyConnection,
    held: Held,
    numbers: pa.Array,
    *,
    among: bool = True,
    columns: Collection[str] | None = None,
) -> Iterator[None]:
    """While the block runs, the part's SQL has the rows that are (or are not) among the numbers, and no other.

    Columns that are not asked for are null.
    """
    wanted = held.names if columns is None else columns
    selected = [identifier(c) if c in wanted else f"NULL AS {identifier(c)}" for c in held.names]
    con.register(f"{held.view}_rows", held.rows(numbers, among, wanted))
    try:
        con.execute(
            f"CREATE OR REPLACE TEMP VIEW {held.view} AS "
            f"SELECT {', '.join([*selected, f'{quoted(held.label)} AS {FILE}', ROW])} FROM {held.view}_rows"
        )
        yield
    finally:
        con.execute(f"DROP VIEW IF EXISTS {held.view}")
        con.unregister(f"{held.view}_rows")


@contextmanager
def brought_whole(con: duckdb.DuckDBPyConnection, parts: Iterable[HasHeld], columns: Collection[str]) -> Iterator[None]:
    """While the block runs, all rows of the parts that an engine holds are here, with those columns."""
    import pyarrow as pa

    with ExitStack() as stack:
        for part in parts:
            if part.held is not None:
                nobody = pa.array([], pa.int64())
                stack.enter_context(brought(con, part.held, nobody, among=False, columns=columns))
        yield
