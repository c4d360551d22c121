"""`native` compared key by key: the JSON object of what a source's row holds besides our columns.

A key that stands in no row of one side is a difference of layout: it is told once and is no revision of every event.
An absent key and a null are one. Numbers are compared by value, text with the same number is a change of spelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events.dataset.diff.columns import NATIVE, identifier
from conflict_events.dataset.diff.spelling import same
from conflict_events.files import quoted

if TYPE_CHECKING:
    import duckdb

MOST = 256
"""Most shared keys by which rows are told apart before they are taken to pieces."""

_OBJECT = "CASE WHEN json_valid({0}) THEN json_type({0}) = 'OBJECT' ELSE false END"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of `native`: those that both sides have, and those of one side with the rows that have them."""

    shared: tuple[str, ...]
    only_old: dict[str, int]
    only_new: dict[str, int]


def keys(con: duckdb.DuckDBPyConnection, old: str, new: str) -> Keys:
    """The keys in the views `old` and `new`."""
    found = []
    for view in (old, new):
        valid = f"SELECT {NATIVE} FROM {view} WHERE {_OBJECT.format(NATIVE)}"
        each = f"SELECT unnest(list_distinct(json_keys({NATIVE}))) AS k FROM ({valid})"
        found.append(dict(con.execute(f"SELECT k, count(*) FROM ({each}) GROUP BY k").fetchall()))
    was, now = found
    if not was or not now:
        # a side without any native at all has no layout to differ: its values are gone, or new
        return Keys(tuple(sorted(was | now)), {}, {})
    return Keys(
        tuple(sorted(was.keys() & now.keys())),
        {k: was[k] for k in sorted(was.keys() - now.keys())},
        {k: now[k] for k in sorted(now.keys() - was.keys())},
    )


def differ(found: Keys) -> str:
    """The SQL that is true where `old` and `new` may differ in a shared key, and mostly false elsewhere."""
    if not found.shared or len(found.shared) > MOST or "" in found.shared:  # a path cannot name the empty key
        return "true"
    paths = ", ".join(quoted("$." + _pointer(key)) for key in found.shared)
    values = (
        f"CASE WHEN {_OBJECT.format(f'{side}.{NATIVE}')} "
        f"THEN CAST(json_extract({side}.{NATIVE}, [{paths}]) AS VARCHAR[]) "
        f"ELSE [{side}.{NATIVE}] END"
        for side in ("old", "new")
    )
    return " IS DISTINCT FROM ".join(f"({one})" for one in values)


def insert(con: duckdb.DuckDBPyConnection, both: str, changes: str, key: tuple[str, ...], found: Keys) -> None:
    """Add the changed keys of the pairs in `both` (key columns, old_native, new_native) to `changes`."""
    names = ", ".join(identifier(k) for k in key)
    plain = " AND ".join(f"({side} IS NULL OR ({_OBJECT.format(side)}))" for side in ("old_native", "new_native"))
    layout = [*found.only_old, *found.only_new]
    kept = f"WHERE k.key NOT IN ({', '.join(map(quoted, layout))})" if layout else ""
    sides = []
    for side in ("old", "new"):
        # of a key that an object has twice the first value counts, as readers of JSON differ on it
        sides.append(
            f"{side}_keys AS (SELECT {names}, k.key AS k, arg_min(k.value ->> '$', k.id) AS v, "
            f"arg_min(k.type, k.id) IN ('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT') AS is_number "
            f"FROM objects, json_each({side}_native) AS k {kept} GROUP BY {names}, k.key)"
        )
    numbers = "TRY_CAST(o.v AS DOUBLE) = TRY_CAST(n.v AS DOUBLE)"
    no_number = "(TRY_CAST(o.v AS DOUBLE) IS NULL OR TRY_CAST(n.v AS DOUBLE) IS NULL)"
    spelled = f"coalesce({numbers}, false) OR {same('o.v', 'n.v', no_number)}"
    con.execute(
        f"INSERT INTO {changes} WITH objects AS MATERIALIZED (FROM {both} WHERE {plain}), {', '.join(sides)} "
        f"SELECT {names}, '{NATIVE}.' || k, o.v, n.v, {spelled} FROM old_keys AS o FULL JOIN new_keys AS n "
        f"USING ({names}, k) WHERE o.v IS DISTINCT FROM n.v "
        f"AND NOT coalesce(o.is_number AND n.is_number AND {numbers}, false)"
    )
    con.execute(
        f"INSERT INTO {changes} SELECT {names}, '{NATIVE}', old_native, new_native, "
        f"{same('old_native', 'new_native')} FROM {both} WHERE NOT ({plain}) "
        "AND old_native IS DISTINCT FROM new_native"
    )


def _pointer(key: str) -> str:
    """The key in a JSON path."""
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
