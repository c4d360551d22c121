"""Rows a second into tensors: ours beside a naive DataLoader, Hugging Face datasets and raw pyarrow, in one run.

Run from the project's root: python -m tests.benchmarks.load_batches [--rows 4000000] [--size 4096]
The rows are invented: four columns of numbers, three of codes, a class as target, a tenth of most of them null. Each
loader gives every row once, shuffled but for raw pyarrow, which only reads the same columns and hands them to torch:
what the disk and the decoder allow. The slow ones get the first rows only; the figure is rows a second all the same.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler

from conflict_events import ml
from conflict_events.ml import pytorch
from conflict_events.ml.splits import ROW_GROUP

NUMBERS = ("latitude", "longitude", "date_start", "where_precision")
CATEGORIES = ("country", "side_a", "side_b")
TARGET = "event_subtype"


def write(path: Path, rows: int) -> None:
    """Invented rows with the columns that the loaders read."""
    rng = np.random.default_rng(1)

    def codes(kinds: int) -> pa.Array:
        drawn = np.minimum(rng.zipf(1.3, rows), kinds) - 1
        names = pa.array([f"name of the {number}th" for number in range(kinds)])
        return names.take(pa.array(drawn, mask=rng.random(rows) < 0.1))

    table = pa.table(
        {
            "latitude": pa.array(rng.uniform(30, 37, rows), mask=rng.random(rows) < 0.1),
            "longitude": pa.array(rng.uniform(36, 48, rows), mask=rng.random(rows) < 0.1),
            "date_start": pa.array(rng.integers(7_000, 20_000, rows).astype("datetime64[D]")),
            "where_precision": pa.array(rng.integers(1, 7, rows), pa.int8()),
            "country": codes(120),
            "side_a": codes(800),
            "side_b": codes(800),
            "event_subtype": codes(25),
        }
    )
    pq.write_table(table, path, row_group_size=ROW_GROUP, compression="zstd")


class RowByRow(Dataset[dict[str, torch.Tensor]]):
    """As tutorials have it: arrays in memory, already encoded, one row a call."""

    def __init__(self, batch: dict[str, torch.Tensor]) -> None:
        self.arrays = batch

    def __len__(self) -> int:
        return len(self.arrays["row"])

    def __getitem__(self, index: int) -> dict[str, torch.Tensor]:
        return {name: array[index] for name, array in self.arrays.items()}


def raw(path: Path, size: int) -> Iterable[list[torch.Tensor]]:
    """The columns as they come, codes as the file's own dictionary numbers, nulls as zeros, in the file's order."""
    file = pq.ParquetFile(path, read_dictionary=[*CATEGORIES, TARGET])
    for batch in file.iter_batches(size, columns=[*NUMBERS, *CATEGORIES, TARGET]):
        told = []
        for column in batch.columns:
            array = column.indices if pa.types.is_dictionary(column.type) else column
            array = array.cast(pa.int32()) if pa.types.is_date(array.type) else array
            told.append(torch.from_numpy(array.fill_null(0).to_numpy(zero_copy_only=False).copy()))
        yield told


def hugging_face(path: Path, size: int, cache: Path) -> Iterable[Any]:
    import datasets

    datasets.disable_progress_bars()
    found = datasets.Dataset.from_parquet(str(path), columns=["latitude", "longitude"], cache_dir=str(cache))
    return DataLoader(found.with_format("torch"), batch_size=size, shuffle=True)


def measured(name: str, loader: Callable[[], Iterable[Any]], size: int, batches: int | None, times: int = 3) -> None:
    """Print rows a second of one loader, the median of several rounds; what starts a round is timed too."""
    took, count = [], 0
    for _ in range(times):
        begun = time.perf_counter()
        count = sum(1 for _ in islice(loader(), batches))
        took.append(time.perf_counter() - begun)
    print(f"{name:<40} {count * size / median(took):>12,.0f} rows/s   ({count:,} batches)", flush=True)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000_000)
    parser.add_argument("--size", type=int, default=4096)
    asked = parser.parse_args(argv)
    size = asked.size
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.parquet"
        write(path, asked.rows)
        encoding = ml.fit(path, numbers=NUMBERS, categories=CATEGORIES, target=TARGET)
        table = pytorch.Table(path, encoding)
        sampler = BatchSampler(RandomSampler(table), size, drop_last=False)
        rows = RowByRow(table.tensors)

        def stream(workers: int) -> DataLoader[Any]:
            made = pytorch.Stream(path, encoding, size=size, seed=1)
            return DataLoader(made, batch_size=None, num_workers=workers)

        measured("raw pyarrow: not encoded, not shuffled", lambda: raw(path, size), size, None)
        measured("ml.batches, NumPy", lambda: ml.batches(path, encoding, size=size, seed=1), size, None)
        measured("Stream", lambda: stream(0), size, None)
        measured("Stream, 2 workers", lambda: stream(2), size, None)
        measured("Table, in memory", lambda: DataLoader(table, sampler=sampler, batch_size=None), size, None)
        measured("naive Dataset, row by row, in memory", lambda: DataLoader(rows, size, shuffle=True), size, 40, 1)
        measured("Hugging Face datasets, two columns", lambda: hugging_face(path, size, Path(folder)), size, 10, 1)


if __name__ == "__main__":
    main()
