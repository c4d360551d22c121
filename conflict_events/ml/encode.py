"""Rows as arrays, by an encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.ml.encoding import Category, Encoding, Number
from conflict_events.ml.groups import Array

if TYPE_CHECKING:
    import pyarrow as pa

Batch = dict[str, Array]
"""By name, n rows each: `numbers` (n x k, float32: standardised, 0 where null), `categories` (n x k, int32: 0 where
null or not seen in training), with `numbers_known` and `categories_known` (bool: false where null); `target` (a class
from 0, int64, or the number, float32), `target_known`; `target_low`, `target_high` where there are bounds; `row`
(int64): the position in the source. Only what the encoding has."""


def encode(table: pa.Table, encoding: Encoding, first: int = 0) -> Batch:
    """The rows of a table as arrays; the first is row `first` of the source."""
    count = table.num_rows
    batch: Batch = {"row": np.arange(first, first + count, dtype=np.int64)}
    if encoding.numbers:
        batch["numbers"] = np.empty((count, len(encoding.numbers)), dtype=np.float32)
        batch["numbers_known"] = np.empty(batch["numbers"].shape, dtype=bool)
        for at, one in enumerate(encoding.numbers):
            values, known = number(table[one.name])
            values -= np.float32(one.mean)
            values *= np.float32(1 / one.deviation)
            batch["numbers"][:, at] = values if known is None else np.where(known, values, np.float32(0))
            batch["numbers_known"][:, at] = True if known is None else known
    if encoding.categories:
        batch["categories"] = np.empty((count, len(encoding.categories)), dtype=np.int32)
        batch["categories_known"] = np.empty(batch["categories"].shape, dtype=bool)
        for at, each in enumerate(encoding.categories):
            batch["categories"][:, at], batch["categories_known"][:, at] = _codes(table[each.name], each)
    match encoding.target:
        case Category() as category:
            codes, _ = _codes(table[category.name], category)
            batch["target"] = np.maximum(codes - 1, 0).astype(np.int64)
            batch["target_known"] = codes > 0
        case Number(name):
            values, known = number(table[name])
            batch["target_known"] = np.ones(count, dtype=bool) if known is None else known
            batch["target"] = values if known is None else np.where(known, values, np.float32(0))
    for name, bound in zip(("target_low", "target_high"), encoding.bounds or (), strict=False):
        values, known = number(table[bound])
        batch[name] = values if known is None else np.where(known, values, np.float32(np.nan))
    return batch


def number(column: pa.ChunkedArray) -> tuple[Array, Array | None]:
    """(values, which of them are known) of a column of numbers, dates or truth values; None where all are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = column.combine_chunks()
    known: Any = array.is_valid().to_numpy(zero_copy_only=False) if array.null_count else None
    if pa.types.is_date(array.type):
        array = array.cast(pa.date32()).cast(pa.int32())
    elif pa.types.is_decimal(array.type):
        array = array.cast(pa.float64())
    if known is not None:
        array = pc.fill_null(array, pa.scalar(0).cast(array.type))
    values = array.to_numpy(zero_copy_only=False).astype(np.float32)
    if pa.types.is_floating(array.type) and not (finite := np.isfinite(values)).all():
        known = finite if known is None else known & finite
    return values, known


def _codes(column: pa.ChunkedArray, category: Category) -> tuple[Array, Array | bool]:
    """(codes from 1, which of them are not null) of a column; 0 where null or not among the category's values."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    known = pc.fill_null(pc.index_in(array.dictionary.cast(pa.string()), value_set=pa.array(category.values)), -1)
    # one place more, which a null's index -1 finds from the end
    table = np.append(np.asarray(known, dtype=np.int32) + 1, np.int32(0))
    if not array.null_count:
        return table[np.asarray(array.indices)], True
    at = np.asarray(pc.fill_null(array.indices, -1))
    return table[at], at >= 0
