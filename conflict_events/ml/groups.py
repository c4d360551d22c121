"""Which events belong together: by cluster, aggregate, article, pair of sides or place, and by chains of these.

Events are numbered by their rows. An edge joins an event and a key; events joined by keys are one component.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

GROUPS = {
    "cluster": ("event_id", "event_cluster_id"),
    "article": ("event_id",),
    "dyad": ("event_id", "side_a", "side_b"),
    "place": ("event_id", "country", "place_id", "place_name"),
}
"""What events are grouped by, and the columns that it takes."""

Array = np.ndarray[Any, Any]


def column(table: pa.Table, name: str) -> pa.Array:
    """A column as one array of text; nulls where the table lacks it."""
    import pyarrow as pa

    if name not in table.schema.names:
        return pa.nulls(table.num_rows, pa.string())
    return table[name].cast(pa.string()).combine_chunks()


def countable(events: pa.Table) -> Array:
    """Which events somebody vouches for: neither claims nor withdrawn."""
    import pyarrow as pa
    import pyarrow.compute as pc

    status = column(events, "record_status")
    told: Array = pc.is_in(status, pa.array(["claim", "withdrawn"])).to_numpy(zero_copy_only=False)
    return ~told


def names(events: pa.Table, by: str) -> pa.Array:
    """For each event the name of its own group; those of one cluster, pair of sides or place have one name."""
    import pyarrow.compute as pc

    ids = column(events, "event_id")
    match by:
        case "cluster":
            return pc.coalesce(column(events, "event_cluster_id"), ids)
        case "dyad":
            a, b = (pc.fill_null(column(events, side), "?") for side in ("side_a", "side_b"))
            return pc.binary_join_element_wise(
                pc.if_else(pc.less_equal(a, b), a, b), pc.if_else(pc.less_equal(a, b), b, a), " - "
            )
        case "place":
            country, place = (pc.fill_null(column(events, name), "?") for name in ("country", "place_name"))
            return pc.coalesce(column(events, "place_id"), pc.binary_join_element_wise(country, place, ": "))
        case _:
            return ids


def edges(events: pa.Table, reports: pa.Table | None = None, same: pa.Array | None = None) -> list[tuple[Array, Array]]:
    """(events, keys) of each kind of tie: cluster, aggregate, `same` (a name an event), article where `reports` are
    given. Keys of one kind are numbers of their own."""
    import pyarrow.compute as pc

    ids = column(events, "event_id")
    family = pc.coalesce(column(events, "parent_event_id"), ids)
    found = [_edges(kind) for kind in (column(events, "event_cluster_id"), family, same) if kind is not None]
    if reports is not None:
        at = pc.index_in(column(reports, "event_id"), value_set=ids)
        told = np.asarray(pc.fill_null(at, -1))
        source, keys = _edges(column(reports, "source_id"))
        of = told[source]
        found.append((of[of >= 0], keys[of >= 0]))
    return found


def _edges(keys: pa.Array) -> tuple[Array, Array]:
    import pyarrow.compute as pc

    codes = np.asarray(pc.fill_null(keys.dictionary_encode().indices, -1)).astype(np.int64)
    rows = np.flatnonzero(codes >= 0)
    return rows, codes[rows]


def ranked(named: pa.Array) -> tuple[Array, pa.Array]:
    """For each row the rank of its name, from 0, and the names by rank."""
    import pyarrow.compute as pc

    encoded = pc.fill_null(named, "").dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.asarray(order)] = np.arange(len(order))
    return rank[np.asarray(encoded.indices)], encoded.dictionary.take(order)


def components(label: Array, ties: list[tuple[Array, Array]]) -> Array:
    """For each event the least label of its component. label: a number an event, 0 or more."""
    rows = np.concatenate([rows for rows, _ in ties])
    shift = np.cumsum([0, *(keys.max(initial=-1) + 1 for _, keys in ties)])
    keys = np.concatenate([keys + by for (_, keys), by in zip(ties, shift, strict=False)])
    while True:
        least = np.full(shift[-1], np.iinfo(np.int64).max)
        np.minimum.at(least, keys, label[rows])
        lower = label.copy()
        np.minimum.at(lower, rows, least[keys])
        # events with one label are one component already: what one of them learns holds for all
        known = np.arange(label.max(initial=-1) + 1)
        np.minimum.at(known, label, lower)
        lower = known[lower]
        if np.array_equal(lower, label):
            return label
        label = lower


def points(least: pa.Array, together: Array, seed: int) -> Array:
    """For each event a number from 0 to 1 that follows from `seed` and the name of its component, least[together]."""
    import duckdb
    import pyarrow as pa

    numbers, where = np.unique(together, return_inverse=True)
    with duckdb.connect() as con:
        con.register("names", pa.table({"n": np.arange(len(numbers)), "name": least.take(numbers)}))
        query = "SELECT md5_number_upper($1 || ':' || name) / 18446744073709551616.0 AS point FROM names ORDER BY n"
        found = con.execute(query, [str(seed)]).fetchnumpy()["point"]
    return np.asarray(found, dtype=np.float64)[where]
