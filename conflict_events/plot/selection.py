"""The events that a picture shows, and what is said of them below it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from conflict_events import files
from conflict_events.errors import UsageError
from conflict_events.query.layout import plain

if TYPE_CHECKING:
    import duckdb

    from conflict_events.query.source import Source


_COLUMNS = """
    event_id, origin, record_status, event_cluster_id, reviewed, event_type, violence_type, date_start, date_end,
    side_a, side_b, initiator, dyad_id, country, admin1, place_name, latitude, longitude, where_precision,
    deaths_side_a, deaths_side_b, deaths_low, deaths_best, deaths_high
"""
"""What the macros used here read: a selection is held in memory, without what takes most room."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Events in a connection in which `events` and the macros see only those asked for.

    counting: the arguments of the macros; n: events counted; no_best: those of them without a figure of deaths; open:
    those with one and without a highest; claims: those left out as claims or withdrawn; twice: those left out by
    dedupe; dataset: what to cite.
    """

    con: duckdb.DuckDBPyConnection
    counting: str
    where: str | None
    n: int
    no_best: int
    open: int
    claims: int
    twice: int
    dataset: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query; UsageError, one line, where it fails, as a macro's refusal does."""
        return run(self.con, query).fetchall()

    def numpy(self, query: str) -> dict[str, NDArray[Any]]:
        """The columns of a query, numbers as floats with NaN for null; UsageError where it fails."""
        found = run(self.con, query).fetchnumpy()
        return {name: _plain_array(column) for name, column in found.items()}

    def title(self, what: str) -> str:
        """What is shown, and of which events."""
        return what if self.where is None else f"{what} where {plain(' '.join(self.where.split()))}"

    def demand_deaths(self) -> None:
        """UsageError where no event gives a figure of deaths."""
        if self.no_best == self.n:
            raise UsageError(f"none of {counted(self.n, 'event')} gives a figure of deaths: try measure='events'")

    def open_bounds(self) -> list[str]:
        """That the sum of the highest figures is open, where some events with a figure give no highest."""
        return [f"{self.open:,} of the figures have no highest, so high is at least that"] if self.open else []

    def caption(self, *notes: str) -> str:
        """How many events are counted, what is left out, and from which dataset."""
        left = [
            counted(self.claims, "claim or withdrawn event", "claims and withdrawn events") + " left out"
            if self.claims
            else "",
            counted(self.twice, "event") + " left out as another of the same cluster" if self.twice else "",
        ]
        told = counted(self.n, "event")
        if self.no_best:
            told += f", {self.no_best:,} of them without a figure of deaths"
        return ". ".join(filter(None, [told, *notes, *left, f"Data: {self.dataset}"])) + "."


def _plain_array(column: Any) -> NDArray[Any]:
    if column.dtype.kind in "fiub":
        return np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)
    if column.dtype.kind == "M":
        return np.ma.filled(column, np.datetime64("NaT"))
    return np.ma.filled(column, None)


def counted(n: float, one: str, many: str | None = None) -> str:
    """'1 event', '2,864 events', '2.5 events'."""
    shown = f"{round(n):,}" if abs(n - round(n)) < 0.005 else f"{n:,.2f}".rstrip("0").rstrip(".")
    return f"{shown} {one if shown == '1' else many or one + 's'}"


def run(con: duckdb.DuckDBPyConnection, query: str, said: str = "") -> duckdb.DuckDBPyConnection:
    """Execute SQL; UsageError, one line that begins with `said`, for DuckDB's errors."""
    import duckdb

    from conflict_events.query.message import one_line

    try:
        return con.execute(query)
    except duckdb.Error as error:
        raise UsageError(f"{said}{one_line(error)}") from error


@contextmanager
def selected(source: Source | None, origin: str | None, dedupe: bool, where: str | None) -> Iterator[Selection]:
    """The events to draw. `where` is a condition in SQL on the columns of events; it chooses before anything counts.

    Raises UsageError for a condition that is no SQL, a mix of origins, and where no event is left; and as `connect`.
    """
    from conflict_events.query import connect

    with closing(connect(source)) as con:
        if where is not None:
            if not where.strip():
                raise UsageError("where is empty: give a condition such as \"country = 'IRQ'\", or None for all events")
            # a table of the session goes before the view of the same name, for the macros too
            query = f"CREATE TEMP TABLE events AS SELECT {_COLUMNS} FROM main.events WHERE (\n{where}\n)"
            run(con, query, f"where {plain(' '.join(where.split()))!r}: ")
        counting = (
            f"origin := {'NULL' if origin is None else files.quoted(origin)}, dedupe := {str(bool(dedupe)).lower()}"
        )
        n, no_best, above, names = run(
            con,
            "SELECT count(*), count_if(deaths_best IS NULL), "
            "count_if(deaths_best IS NOT NULL AND deaths_high IS NULL), "
            "coalesce(string_agg(DISTINCT origin, ', ' ORDER BY origin), 'unknown origin') "
            f"FROM counted_events({counting})",
        ).fetchall()[0]
        of = "true" if origin is None else f"origin = {files.quoted(origin)}"
        told, claims = run(
            con, f"SELECT count(*), count_if(record_status IN ('claim', 'withdrawn')) FROM events WHERE {of}"
        ).fetchall()[0]
        if n == 0:
            raise UsageError(_nothing(source, where, claims))
        dataset = _release() if source is None else plain(names)
        yield Selection(con, counting, where, n, no_best, above, claims, told - claims - n, dataset)


def _nothing(source: Source | None, where: str | None, claims: int) -> str:
    given = [source] if source is None or isinstance(source, (str, os.PathLike)) else source
    of = "the shipped events" if source is None else ", ".join(map(str, given))
    if claims:
        return f"no event of {of} can be counted: all {claims:,} that match are claims or withdrawn"
    if where is not None:
        return f"no event of {of} matches where {plain(' '.join(where.split()))!r}"
    return f"no event matches: {of} has no events"


def _release() -> str:
    from conflict_events.dataset.release import manifest

    of = manifest().release
    return f"conflict-events {of.version}, {of.licence.replace('CC-BY-', 'CC BY ')}"
