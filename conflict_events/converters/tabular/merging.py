"""Rows of one id, once all are known: the same row again is merged, another row under the same id is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from conflict_events.converters.conversion import Merged, Note

if TYPE_CHECKING:
    import pyarrow as pa

    from conflict_events.converters.tabular.account import Running
    from conflict_events.converters.tabular.dataset import Dataset
    from conflict_events.converters.tabular.ids import Ids
    from conflict_events.converters.tabular.sink import Sink
    from conflict_events.converters.tabular.state import State

SHOWN = 5


def merge(dataset: Dataset, sink: Sink, state: State, ids: Ids) -> Counter[str]:
    """Take out of the sink each row that equals an earlier one in every column; returns the deaths in them.

    Rows that share their id and differ stay, all of them, and a note names the ids: CE251 is broken, and which row is
    right is not ours to say.
    """
    positions = ids.repeated()
    deaths: Counter[str] = Counter()
    if not positions:
        return deaths
    first: dict[tuple[str, ...], int] = {}
    by_id: dict[Any, set[tuple[str, ...]]] = {}
    again: dict[int, int] = {}
    for position, row in _rows(sink, dataset.into, positions):
        values = tuple(map(repr, row.values()))
        by_id.setdefault(next(iter(row.values())), set()).add(values)
        if values in first:
            again[position] = first[values]
            deaths.update({to: row[to] or 0 for to in dataset.deaths.values()})
            state.derived.subtract(row.get("derived") or ())
        else:
            first[values] = position
    if again:
        sink.rewrite(dataset.into, _without(sink.read(dataset.into), again))
        _account(state, again, dataset, deaths)
    differing = [str(key) for key, rows in by_id.items() if len(rows) > 1]
    if differing:
        shown = ", ".join(differing[:SHOWN]) + (", ..." if len(differing) > SHOWN else "")
        state.notes.append(Note("", "duplicate_ids", f"{len(differing):,} ids stand for rows that differ: {shown}"))
    return deaths


def _rows(sink: Sink, table: str, positions: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows at these positions (ascending)."""
    import pyarrow as pa

    start, i = 0, 0
    for piece in sink.read(table):
        here = i
        while here < len(positions) and positions[here] < start + piece.num_rows:
            here += 1
        wanted = positions[i:here]
        for position, row in zip(
            wanted, piece.take(pa.array([p - start for p in wanted], pa.int64())).to_pylist(), strict=True
        ):
            yield position, row
        start, i = start + piece.num_rows, here


def _without(pieces: Iterator[pa.Table], again: dict[int, int]) -> Iterator[pa.Table]:
    import pyarrow as pa

    start = 0
    for piece in pieces:
        keep = [start + i not in again for i in range(piece.num_rows)]
        yield piece if all(keep) else piece.filter(pa.array(keep))
        start += piece.num_rows


def _account(state: State, again: dict[int, int], dataset: Dataset, deaths: Counter[str]) -> None:
    """Rows taken out count as merged, and every later sheet's first row moves up."""
    spans = [(s, range(s.first_row, s.first_row + s.rows_out)) for s in state.sheets]

    def sheet_of(position: int) -> tuple[Running, int]:
        return next((s, position - span.start) for s, span in spans if position in span)

    for position, earlier in again.items():
        (here, _), (there, row) = sheet_of(position), sheet_of(earlier)
        state.merged.append(Merged(here.name, f"{there.name}: converted row {row + 1}, the same in every column"))
    for running, span in spans:
        running.rows_out -= sum(position in span for position in again)
        running.first_row -= sum(position < span.start for position in again)
    state.rows_out[dataset.into] -= len(again)
    state.after.subtract(deaths)
