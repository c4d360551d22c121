"""Batches of arrays from Parquet or Arrow: shuffled within windows by seed and epoch, sharded, and the same every time.

The blocks of the source (row groups) are put into an order that seed and epoch make. The rows in that order are cut
into equal ranges, one a rank; a rank's range into windows, whose rows are read and shuffled together; each worker has
a run of windows. So every row is in one batch of one worker of one rank, and what a batch holds follows
from the source, the seed, the epoch and the number of ranks, not from the number of workers.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml import draws, rows
from conflict_events.ml.encode import Batch, encode
from conflict_events.ml.encoding import Category, Encoding, Number
from conflict_events.ml.groups import Array

WINDOW = 131_072
"""Rows that are shuffled together, about."""

READERS = 2
"""Threads that read blocks, where no worker processes do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is read, and how it is cut. size: rows of a batch; seed: None for the source's order; rank, world: which
    part of how many; even: as many rows for every rank; window: rows shuffled together; draw: the target drawn anew."""

    source: rows.Rows
    blocks: tuple[rows.Block, ...]
    encoding: Encoding
    size: int
    seed: int | None
    rank: int
    world: int
    even: bool
    window: int
    draw: bool

    @property
    def rows(self) -> int:
        """Rows of the source."""
        return self.blocks[-1].first + self.blocks[-1].count

    @property
    def range(self) -> tuple[int, int]:
        """The rows, in the epoch's order, of this rank: from the first up to, without, the second."""
        if self.even:
            each = self.rows // self.world
            return self.rank * each, (self.rank + 1) * each
        return self.rank * self.rows // self.world, (self.rank + 1) * self.rows // self.world

    @property
    def left_out(self) -> int:
        """Rows that no rank gets in an epoch, other ones in each: fewer than ranks, and none unless `even`."""
        return self.rows % self.world if self.even else 0

    @property
    def windows(self) -> list[tuple[int, int]]:
        """The rows of each window; all but the last hold whole batches."""
        first, last = self.range
        step = max(1, self.window // self.size) * self.size
        return [(start, min(start + step, last)) for start in range(first, last, step)]

    @property
    def batches(self) -> int:
        """Batches of this rank in an epoch."""
        return sum(self.counts(window) for window in self.windows)

    def counts(self, window: tuple[int, int]) -> int:
        """Batches of a window."""
        return -(-(window[1] - window[0]) // self.size)

    @property
    def fingerprint(self) -> str:
        """The same for the same batches: of the blocks, the encoding and what else decides on them."""
        # names of files and not their paths: a run may go on elsewhere
        told = [(block.file and block.file.name, block.group, block.count) for block in self.blocks]
        rest = (self.encoding, self.size, self.seed, self.rank, self.world, self.even, self.window, self.draw)
        return hashlib.sha256(repr((told, rest)).encode()).hexdigest()[:16]


def planned(
    source: rows.Rows,
    encoding: Encoding,
    *,
    size: int = 4096,
    seed: int | None = None,
    rank: int = 0,
    world: int = 1,
    even: bool = False,
    window: int = WINDOW,
    draw: bool = False,
) -> Plan:
    """The plan of `batches`, with its arguments. Raises as it does."""
    if size < 1 or window < 1:
        raise UsageError("size and window are numbers of rows, 1 or more")
    if not 0 <= rank < world:
        raise UsageError(f"rank {rank} of world {world}: ranks count from 0 to world - 1")
    if draw and (encoding.bounds is None or encoding.target is None or isinstance(encoding.target, Category)):
        raise UsageError("draw needs a target that is a number, and its bounds: fit(..., bounds=(low, high))")
    if seed is not None and seed < 0:
        raise UsageError("seed is a whole number, 0 or more")
    blocks = rows.blocks(source)
    _check(source, encoding)
    plan = Plan(source, blocks, encoding, size, seed, rank, world, even, window, draw)
    if plan.rows < world:
        raise UsageError(f"{rows.called(source)} has {plan.rows} rows for {world} ranks: some would get none")
    return plan


def _check(source: rows.Rows, encoding: Encoding) -> None:
    """UsageError where a file lacks a column of the encoding, or has another kind of values in it."""
    import pyarrow.types as kind

    numbers = {*(one.name for one in encoding.numbers), *(encoding.bounds or ())}
    if isinstance(encoding.target, Number):
        numbers.add(encoding.target.name)
    for name, schema in rows.fields(source):
        absent = [column for column in encoding.columns if column not in schema.names]
        if absent:
            raise UsageError(f"{name} has no column {', '.join(absent)}, which the encoding reads")
        for column in encoding.columns:
            type = schema.field(column).type
            number = kind.is_integer(type) or kind.is_floating(type) or kind.is_decimal(type)
            number = number or kind.is_boolean(type) or kind.is_date(type)
            code = not (kind.is_nested(type) or kind.is_binary(type) or kind.is_floating(type) or kind.is_decimal(type))
            if not (number if column in numbers else code):
                raise UsageError(f"{name}: column {column} is {type}, not what the encoding was learned from")


def batches(
    source: rows.Rows,
    encoding: Encoding,
    *,
    epoch: int = 0,
    size: int = 4096,
    seed: int | None = None,
    rank: int = 0,
    world: int = 1,
    even: bool = False,
    window: int = WINDOW,
    draw: bool = False,
) -> Iterator[Batch]:
    """Batches of NumPy arrays (see `encode.Batch`), in dictionaries, which JAX takes as they are.

    source: an Arrow table or Parquet files: a part of a split, so that nothing of another part is in it.
    encoding: as `fit` learned it from the training part.
    epoch: the number of the round: with a seed, each has another order.
    size: rows of a batch; the last one of a rank may have fewer.
    seed: None gives the rows in the source's order, with the position of each in `row`.
    rank, world: this process and how many there are; each row goes to one rank. even: give every rank as many rows, as
        training in step demands; fewer than `world` rows are then left out of an epoch (`planned(...).left_out`).
    window: rows that are read and shuffled together. What is sorted should be shuffled once when it is written
        (`Split.write(seed=...)`).
    draw: draw the target between its low and high anew in each epoch (see `draws.triangular`).

    Raises UsageError for a wrong call or an empty source, BadDataError for a file that cannot be read.
    """
    plan = planned(source, encoding, size=size, seed=seed, rank=rank, world=world, even=even, window=window, draw=draw)
    return produced(plan, epoch)


def produced(plan: Plan, epoch: int, worker: int = 0, workers: int = 1, after: int = 0) -> Iterator[Batch]:
    """The batches of one worker in an epoch, without its first `after`."""
    mine = _share(plan, worker, workers)
    done = np.cumsum([0, *map(plan.counts, mine)])
    begin = int(np.searchsorted(done, after, side="right")) - 1
    skip = after - int(done[begin])
    pieces = [_pieces(plan, _order(plan, epoch), window) for window in mine[begin:]]
    # a block that two windows share is read once
    needed = [number for number, _ in groupby(number for window in pieces for number, _, _ in window)]
    held, block = -1, Batch()
    with closing(_ahead(plan, needed, READERS if workers == 1 else 1)) as blocks:
        for window, parts in zip(mine[begin:], pieces, strict=True):
            found = []
            for number, offset, length in parts:
                if number != held:
                    held, block = number, next(blocks)
                found.append({name: array[offset : offset + length] for name, array in block.items()})
            whole = _shuffled(plan, epoch, window, found)
            for first in range(skip * plan.size, len(whole["row"]), plan.size):
                yield {name: array[first : first + plan.size] for name, array in whole.items()}
            skip = 0


def _ahead(plan: Plan, needed: list[int], readers: int) -> Generator[Batch]:
    """The blocks in that order, encoded; the next ones are read while one is used."""
    with ThreadPoolExecutor(readers) as pool:
        waiting: deque[Future[Batch]] = deque()
        try:
            for number in needed:
                waiting.append(pool.submit(_block, plan, plan.blocks[number]))
                if len(waiting) > readers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()


def _share(plan: Plan, worker: int, workers: int) -> list[tuple[int, int]]:
    """The windows of one worker: a run, so that a block is seldom read by two."""
    windows = plan.windows
    return windows[worker * len(windows) // workers : (worker + 1) * len(windows) // workers]


def taken(plan: Plan, workers: int, batches: int) -> tuple[list[int], int]:
    """How many of a rank's first batches came from each worker, and which one is asked next: they are asked in turn,
    and those that have no more are passed over (as a PyTorch DataLoader does)."""
    left = [sum(map(plan.counts, _share(plan, worker, workers))) for worker in range(workers)]
    had = [0] * workers
    alive = list(range(workers))
    while alive := [worker for worker in alive if left[worker] > had[worker]]:
        # whole rounds at once: as many as the worker with the least left takes part in
        rounds = min(min(left[worker] - had[worker] for worker in alive), batches // len(alive))
        asked = alive if rounds else alive[:batches]
        for worker in asked:
            had[worker] += max(rounds, 1)
        batches -= max(rounds, 1) * len(asked)
        if not rounds:
            return had, alive[len(asked)]
    return had, 0


def _order(plan: Plan, epoch: int) -> Array:
    """The blocks' numbers in the order of an epoch."""
    count = len(plan.blocks)
    return np.arange(count) if plan.seed is None else np.random.default_rng([plan.seed, epoch]).permutation(count)


def _pieces(plan: Plan, order: Array, window: tuple[int, int]) -> list[tuple[int, int, int]]:
    """The parts of blocks that make a window: number of the block, first row in it, rows."""
    ends = np.cumsum([plan.blocks[number].count for number in order])
    found = []
    start = window[0]
    while start < window[1]:
        at = int(np.searchsorted(ends, start, side="right"))
        block = plan.blocks[order[at]]
        offset = start - int(ends[at]) + block.count
        length = min(block.count - offset, window[1] - start)
        found.append((int(order[at]), offset, length))
        start += length
    return found


def _shuffled(plan: Plan, epoch: int, window: tuple[int, int], parts: list[Batch]) -> Batch:
    """The rows of a window in the order of the epoch, their targets drawn where that is asked."""
    whole = parts[0] if len(parts) == 1 else {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    if plan.draw:
        unit = draws.uniform(whole["row"], plan.seed or 0, epoch)
        drawn = draws.triangular(whole["target_low"], whole["target"], whole["target_high"], unit)
        whole = {**whole, "target": drawn}
    if plan.seed is None:
        return whole
    permuted = np.random.default_rng([plan.seed, epoch, window[0]]).permutation(len(whole["row"]))
    return {name: np.take(array, permuted, axis=0) for name, array in whole.items()}  # far faster than array[permuted]


def _block(plan: Plan, block: rows.Block) -> Batch:
    """The rows of a block, encoded."""
    codes = [one.name for one in (*plan.encoding.categories, plan.encoding.target) if isinstance(one, Category)]
    return encode(rows.read(plan.source, block, plan.encoding.columns, codes), plan.encoding, block.first)
