"""PyTorch datasets over the same batches: a stream for what does not fit into memory, a table for what does.

stream = Stream("train.parquet", encoding, size=4096, seed=7)
loader = DataLoader(stream, batch_size=None, num_workers=2)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from conflict_events.errors import UsageError
from conflict_events.ml import rows
from conflict_events.ml.batches import Plan, planned, produced, taken
from conflict_events.ml.encode import Batch
from conflict_events.ml.encoding import Encoding

try:
    import torch
    from torch.utils.data import Dataset, IterableDataset, get_worker_info
except ImportError:
    raise UsageError("PyTorch is not installed: pip install conflict-events[ml]") from None

Tensors = dict[str, torch.Tensor]


class Stream(IterableDataset[Tensors]):
    """Whole batches of tensors, for a DataLoader with batch_size=None.

    Arguments as in `ml.batches`; rank and world are those of torch.distributed where that is at work, and then every
    rank gets as many rows (`even`). Workers of the DataLoader share the windows of a rank.
    """

    def __init__(self, source: rows.Rows, encoding: Encoding, *, seed: int | None = 0, **how: Any) -> None:
        """Raises as `ml.batches` does."""
        if torch.distributed.is_available() and torch.distributed.is_initialized():
            rank, world = torch.distributed.get_rank(), torch.distributed.get_world_size()
            how = {"rank": rank, "world": world, "even": True, **how}
        self.plan: Plan = planned(source, encoding, seed=seed, **how)
        # epoch, batches to pass over, workers that gave them: shared memory, since workers that live on see no other
        self._begin = torch.zeros(3, dtype=torch.int64)
        self._begin.share_memory_()  # type: ignore[no-untyped-call]

    def __len__(self) -> int:
        """Batches of this rank in an epoch, however many workers."""
        return self.plan.batches

    def set_epoch(self, epoch: int) -> None:
        """Begin this epoch from its first batch when the stream, or a DataLoader over it, is next iterated."""
        self._begin[:] = torch.tensor([epoch, 0, 0])

    def state(self, batches: int, workers: int = 0) -> dict[str, Any]:
        """What `resume` needs to go on after the first `batches` of the present epoch, to be saved with the model.

        workers: num_workers of the DataLoader that gave them.
        """
        epoch = int(self._begin[0])
        return {"epoch": epoch, "batches": batches, "workers": workers, "fingerprint": self.plan.fingerprint}

    def resume(self, state: Mapping[str, Any]) -> None:
        """Go on where the run that saved the state stopped; the DataLoader must have as many workers.

        UsageError where the source, the encoding, or how it is cut is another.
        """
        if state["fingerprint"] != self.plan.fingerprint:
            raise UsageError(
                "the state is of another stream: files, encoding, size, seed, ranks and window must be as they were"
            )
        self._begin[:] = torch.tensor([state["epoch"], state["batches"], state["workers"]])

    def __iter__(self) -> Iterator[Tensors]:
        """The batches of this worker."""
        epoch, batches, before = (int(value) for value in self._begin)
        info = get_worker_info()
        asked, workers = (0, 0) if info is None else (info.id, info.num_workers)
        if batches and workers != before:
            raise UsageError(f"the epoch was begun with {before} workers: go on with as many, not {workers}")
        workers = max(workers, 1)
        had, following = taken(self.plan, workers, batches)
        # the loader asks its first worker first: that one has the share of whose turn it is
        worker = (asked + following) % workers
        yield from map(tensors, produced(self.plan, epoch, worker, workers, had[worker]))


class Table(Dataset[Tensors]):
    """All rows in memory as tensors: `table[i]` is one row, `table[[3, 1, 2]]` a batch.

    A DataLoader gives whole batches, which is far faster than row by row, with
    `sampler=BatchSampler(RandomSampler(table), 4096, drop_last=False), batch_size=None`.
    """

    def __init__(self, source: rows.Rows, encoding: Encoding) -> None:
        """Raises UsageError for an empty source, BadDataError for a file that cannot be read."""
        plan = planned(source, encoding, size=rows.TABLE_BLOCK)
        whole = list(produced(plan, 0))
        self.tensors: Tensors = tensors({name: np.concatenate([part[name] for part in whole]) for name in whole[0]})

    def __len__(self) -> int:
        """Rows."""
        return len(self.tensors["row"])

    def __getitem__(self, index: Any) -> Tensors:
        """One row for a number, a batch for several (a list, a slice, a tensor)."""
        if isinstance(index, int | slice):
            return {name: tensor[index] for name, tensor in self.tensors.items()}
        at = torch.as_tensor(index)
        return {name: tensor.index_select(0, at) for name, tensor in self.tensors.items()}  # far faster than tensor[at]

    def __getitems__(self, indices: list[int]) -> list[Tensors]:
        """Rows one by one, for the DataLoader's own batches and collating."""
        batch = self[indices]
        return [{name: tensor[n] for name, tensor in batch.items()} for n in range(len(indices))]


def tensors(batch: Batch) -> Tensors:
    """Arrays as tensors, which share their memory."""
    return {name: torch.from_numpy(array) for name, array in batch.items()}
