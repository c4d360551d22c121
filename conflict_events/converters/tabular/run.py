"""A tabular conversion: files in, rows and an account of every row out.

Blocks are read ahead, converted side by side on two threads, and written in the source's order; memory is bounded by
the size of a block, whatever the size of the file.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_events.converters.conversion import Loss, Merged, Note, SetAside
from conflict_events.converters.tabular import account, block, days, select
from conflict_events.converters.tabular.ahead import ahead
from conflict_events.converters.tabular.dataset import Dataset
from conflict_events.converters.tabular.envelope import told
from conflict_events.converters.tabular.grouping import grouped
from conflict_events.converters.tabular.header import Recognised, missing, recognise
from conflict_events.converters.tabular.ids import Ids
from conflict_events.converters.tabular.merging import merge
from conflict_events.converters.tabular.shared import Shared
from conflict_events.converters.tabular.sink import Sink
from conflict_events.converters.tabular.state import State

if TYPE_CHECKING:
    from conflict_events.converters.reading import Shape, Sheet

THREADS = 2
WAITING = 3
"""Blocks that are converted or wait to be written at any time."""
NAMED = 20
"""Columns that a note names; the account of the sheet has all."""


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked. version: of the source dataset, over what the file's name says. on_bytes: shows progress."""

    dataset: Dataset
    version: str | None = None
    block_bytes: int = 16 * 2**20
    on_bytes: Callable[[int], None] | None = None


def convert(paths: Sequence[Path], call: Call, sink: Sink) -> Loss:
    """Convert every sheet of the files into the sink; the loss report says what became of each row."""
    from conflict_events.converters.reading import sheets

    state, ids, shared = State(), Ids(), Shared(call.dataset)
    with ThreadPoolExecutor(THREADS) as pool:
        for path in paths:
            for sheet in sheets(path):
                if isinstance(sheet, SetAside):
                    state.set_aside.append(sheet)
                    state.unread += 1
                else:
                    _sheet(sheet, path, call, sink, state, ids, shared, pool)
    merged_deaths = merge(call.dataset, sink, state, ids)
    for table, rows in shared.tables():
        sink.write(table, rows)
        state.rows_out[table] += rows.num_rows
    into = call.dataset.into
    return Loss(
        source_format=call.dataset.name,
        unit="row",
        units_in=sum(s.rows_in for s in state.sheets) + state.unread,
        converted=sum(s.rows_out for s in state.sheets),
        rows_out={into: state.rows_out[into], **{t: n for t, n in state.rows_out.items() if t != into}},
        set_aside=tuple(state.set_aside),
        merged=tuple(state.merged),
        notes=tuple(state.notes),
        derived=dict(sorted(state.derived.items())),
        sheets=tuple(s.close(order) for s, order in state.closed),
        deaths=account.deaths(call.dataset, state.sheets, state.after, merged_deaths),
    )


def _sheet(
    sheet: Sheet,
    path: Path,
    call: Call,
    sink: Sink,
    state: State,
    ids: Ids,
    shared: Shared,
    pool: ThreadPoolExecutor,
) -> None:
    dataset = call.dataset
    known = recognise(sheet.first, [dataset])
    if known is None:
        state.unread += 1
        state.set_aside.append(SetAside(sheet.name, 1 if sheet.first else None, _why(sheet, dataset)))
        return
    version = call.version or dataset.version(path.name) or dataset.version(sheet.name) or known.version
    running = account.Running(sheet.name, known, state.rows_out[dataset.into])
    state.sheets.append(running)
    shape = _shape(known)
    order = _Order(sheet, shape, known)
    plan = select.Sheet(known, version)
    read = partial(grouped, sheet, known=known) if known.groups else sheet.blocks
    blocks = read(shape=shape, block_bytes=call.block_bytes)
    task = partial(block.convert, sheet=plan, name=sheet.name, order=order, sides=sink.every_table)
    notes: Counter[str] = Counter()
    parts = 0
    for done in _in_order(ahead(blocks), task, pool):
        running.rows_in += done.rows_in
        parts += done.merged
        state.set_aside.extend(done.set_aside)
        for column, total in done.before.items():
            running.before[column] = running.before.get(column, 0) + total
        for column, total in done.aside.items():
            running.set_aside[column] = running.set_aside.get(column, 0) + total
        notes.update(dict(zip(dataset.notes.values(), done.notes, strict=True)))
        _write(done, dataset, sink, state, ids, shared, running)
        if call.on_bytes:
            call.on_bytes(done.bytes)
    if parts:
        state.merged.append(Merged(sheet.name, "events of which they are further parts", rows=parts, lossless=True))
    state.closed.append((running, order.told))
    state.notes.extend(_notes(sheet, known, version, order, notes))
    state.notes.extend(Note(sheet.name, "answer", message) for message in told(sheet.envelope, running.rows_in))


def _write(
    done: block.Done,
    dataset: Dataset,
    sink: Sink,
    state: State,
    ids: Ids,
    shared: Shared,
    running: account.Running,
) -> None:
    import pyarrow.compute as pc

    for table, rows in done.tables.items():
        if shared.takes(table):
            shared.add(table, rows)
            continue
        if table == dataset.into:
            ids.add(rows)
            running.rows_out += rows.num_rows
            for to in dataset.deaths.values():
                state.after[to] += pc.sum(rows.column(to)).as_py() or 0
            if "derived" in rows.column_names:
                for one in pc.value_counts(pc.list_flatten(rows.column("derived"))).to_pylist():
                    state.derived[one["values"]] += one["counts"]
        state.rows_out[table] += rows.num_rows
        sink.write(table, rows)


def _in_order(
    blocks: Iterator[object], task: Callable[..., block.Done], pool: ThreadPoolExecutor
) -> Iterator[block.Done]:
    """The blocks converted side by side and given in the order they came."""
    waiting: deque[Future[block.Done]] = deque()
    try:
        for one in blocks:
            waiting.append(pool.submit(task, one))
            if len(waiting) >= WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


class _Order:
    """How a sheet's numeric days are ordered: the whole sheet is read for it, once, when first asked."""

    def __init__(self, sheet: Sheet, shape: Shape, known: Recognised) -> None:
        import threading

        self._sheet, self._shape, self._known = sheet, shape, known
        self._lock = threading.Lock()
        self._asked = False
        self._found: days.Order | None = None
        self.told: str | None = None

    def __call__(self) -> days.Order | None:
        with self._lock:
            if not self._asked:
                self._find()
                self._asked = True
        return self._found

    def _find(self) -> None:
        import duckdb

        seen = days.Evidence()
        columns = [f'"{name}"' for name in select.day_columns(select.Sheet(self._known, None))]
        with duckdb.connect(config={"threads": 1}) as con:
            for one in self._sheet.blocks(self._shape):
                con.register(select.BLOCK, one.table)
                [row] = con.execute(days.evidence(columns, select.BLOCK)).fetchall()
                con.unregister(select.BLOCK)
                seen += days.Evidence(*row)
        self._found = days.order(seen, self._known.dataset.custom)
        if self._found is None:
            self.told = "both orders" if seen.day_first else "nothing tells"
        elif seen.day_first or seen.month_first:
            self.told = f"{self._found.value}: {seen.day_first + seen.month_first:,} days can be read no other way"
        else:
            self.told = f"{self._found.value}: by custom of the dataset, nothing in the file tells"


def _shape(known: Recognised) -> Shape:
    from conflict_events.converters.reading import Shape

    quoting = False if known.skip == 0 else None  # no dataset without a header quotes its cells
    return Shape(tuple(c.sql for c in known.columns), known.skip, known.fewest, quoting)


def _why(sheet: Sheet, dataset: Dataset) -> str:
    if not sheet.first:
        return "; ".join(("empty", *told(sheet.envelope, 0)))
    lacking = ", ".join(missing(sheet.first, dataset))
    return f"not a header of {dataset.title}: no column {lacking}"


def _notes(sheet: Sheet, known: Recognised, version: str | None, order: _Order, counts: Counter[str]) -> Iterator[Note]:
    said = f"{known.dataset.title}, layout {known.layout}"
    yield Note(sheet.name, "layout", f"{said}, release {version}" if version else said)
    yield from sheet.notes
    if known.tags:
        yield Note(sheet.name, "hxl", "the second row is HXL tags, not data")
    if order.told:
        yield Note(sheet.name, "date_order", f"numeric days are read {order.told}")
    if known.ghosts:
        yield Note(sheet.name, "ghosts", f"names of the header for which no row has a cell: {', '.join(known.ghosts)}")
    unknown = [c.header for c in known.columns if c.canonical is None]
    if unknown:
        shown = ", ".join(unknown[:NAMED])
        more = f" and {len(unknown) - NAMED:,} more, which the loss report names" if len(unknown) > NAMED else ""
        yield Note(sheet.name, "unknown_columns", f"kept in native, not of the dataset: {shown}{more}")
    for message, n in counts.items():
        if n:
            yield Note(sheet.name, "values", message.format(n=f"{n:,}"))
