"""Code lists looked up for a whole block at once: cheaper than a map or a join in the query, and quicker to plan."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from conflict_events.converters.tabular.dataset import Dataset

if TYPE_CHECKING:
    import pyarrow as pa


def with_lookups(block: pa.Table, dataset: Dataset) -> pa.Table:
    """The block with a column for each of the dataset's lookups whose cells it has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = {look.cell for look in dataset.lookups.values() if look.cell in block.column_names}
    coded = {cell: pa.concat_arrays(block.column(cell).chunks or [pa.array([], pa.string())]) for cell in cells}
    for name, look in dataset.lookups.items():
        if look.cell in cells:
            keys, values = _arrays(look.codes)
            block = block.append_column(name, pc.take(values, pc.index_in(coded[look.cell], keys)))
    return block


def listed(masks: pa.ChunkedArray, names: list[str]) -> Any:
    """Each mask as the list of the names whose bits it has; null where it has none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    there = pc.unique(masks)
    lists = [[name for i, name in enumerate(names) if mask >> i & 1] or None for mask in there.to_pylist()]
    return pc.take(pa.array(lists, pa.list_(pa.string())), pc.index_in(masks, there))


@cache
def _arrays(codes: tuple[tuple[str, str], ...]) -> tuple[pa.Array, pa.Array]:
    import pyarrow as pa

    return pa.array([key for key, _ in codes], pa.string()), pa.array([value for _, value in codes], pa.string())
