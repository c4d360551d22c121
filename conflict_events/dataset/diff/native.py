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
"""Most shared keys that are read from each object by name: reading takes keys times keys steps."""

_OBJECT = "coalesce(json_valid({0}) AND starts_with(ltrim({0}, E' \\t\\n\\r'), '{{'), false)"
_NUMBER = "json_type({0}) IN ('UBIGINT', 'BIGINT', 'DOUBLE', 'HUGEINT')"


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
        # rows of one source have few sets of keys: these are counted, not the keys of each row
        sets = (
            f"SELECT CASE WHEN {_OBJECT.format(NATIVE)} THEN json_keys({NATIVE}) END AS ks, count(*) AS c "
            f"FROM {view} GROUP BY ks"
        )
        each = f"SELECT unnest(list_distinct(ks)) AS k, c FROM ({sets})"
        found.append(dict(con.execute(f"SELECT k, CAST(sum(c) AS BIGINT) FROM ({each}) GROUP BY k").fetchall()))
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
    """The SQL that is true where `old` and `new`, whose texts differ, may do so in a shared key.

    Where the layout differs, the texts of all rows do, most of them for nothing else.
    """
    if not (found.only_old or found.only_new) or not _by_name(found):
        return "true"
    values = (
        f"CASE WHEN {_OBJECT.format(f'{side}.{NATIVE}')} THEN CAST({_read(f'{side}.{NATIVE}', found)} AS VARCHAR[]) "
        f"ELSE [{side}.{NATIVE}] END"
        for side in ("old", "new")
    )
    return " IS DISTINCT FROM ".join(f"({one})" for one in values)


def insert(con: duckdb.DuckDBPyConnection, both: str, changes: str, key: tuple[str, ...], found: Keys) -> None:
    """Add the changed keys of the pairs in `both` (key columns, old_native, new_native) to `changes`."""
    names = ", ".join(identifier(k) for k in key)
    plain = " AND ".join(f"({side} IS NULL OR {_OBJECT.format(side)})" for side in ("old_native", "new_native"))
    values = _values(both, names, plain, found) if _by_name(found) else _values_of_any(both, names, plain, found)
    numbers = "TRY_CAST(o AS DOUBLE) = TRY_CAST(n AS DOUBLE)"
    no_number = "(TRY_CAST(o AS DOUBLE) IS NULL OR TRY_CAST(n AS DOUBLE) IS NULL)"
    spelled = f"CASE WHEN coalesce({numbers}, false) THEN true ELSE {same('o', 'n', no_number)} END"
    con.execute(
        f"INSERT INTO {changes} SELECT {names}, '{NATIVE}.' || k, o, n, {spelled} FROM ({values}) "
        f"WHERE o IS DISTINCT FROM n AND NOT coalesce(o_is_number AND n_is_number AND {numbers}, false)"
    )
    con.execute(
        f"INSERT INTO {changes} SELECT {names}, '{NATIVE}', old_native, new_native, "
        f"{same('old_native', 'new_native')} FROM {both} WHERE NOT ({plain}) "
        "AND old_native IS DISTINCT FROM new_native"
    )


def _values(both: str, names: str, plain: str, found: Keys) -> str:
    """The SQL of the values of each key: k, o and n as text, and whether they are numbers. Shared keys alone, and
    only those whose JSON differs, which is found before any row is taken to pieces."""
    shared = ", ".join(map(quoted, found.shared))
    read = ", ".join(f"{_read(f'{side}_native', found)} AS {side[0]}" for side in ("old", "new"))
    lists = f"SELECT * FROM (SELECT {names}, {read} FROM {both} WHERE {plain}) WHERE o IS DISTINCT FROM n"
    cells = f"SELECT {names}, unnest([{shared}]) AS k, unnest(o) AS o, unnest(n) AS n FROM ({lists})"
    told = ", ".join(f"{side} ->> '$' AS {side}, {_NUMBER.format(side)} AS {side}_is_number" for side in "on")
    return f"SELECT {names}, k, {told} FROM ({cells}) AS c WHERE c.o IS DISTINCT FROM c.n"


def _values_of_any(both: str, names: str, plain: str, found: Keys) -> str:
    """The same for any number of keys with any name: each object taken to pieces, which takes long."""
    layout = [*found.only_old, *found.only_new]
    kept = f"WHERE k.key NOT IN ({', '.join(map(quoted, layout))})" if layout else ""
    # of a key that an object has twice the first value counts, as readers of JSON differ on it
    old, new = (
        f"(SELECT {names}, k.key AS k, arg_min(k.value ->> '$', k.id) AS {side[0]}, "
        f"arg_min({_NUMBER.format('k.value')}, k.id) AS {side[0]}_is_number "
        f"FROM (FROM {both} WHERE {plain}), json_each({side}_native) AS k {kept} GROUP BY {names}, k.key)"
        for side in ("old", "new")
    )
    return f"SELECT {names}, k, o, o_is_number, n, n_is_number FROM {old} FULL JOIN {new} USING ({names}, k)"


def _by_name(found: Keys) -> bool:
    """Whether the shared keys can be read by name. A NUL has no place in a statement."""
    return 0 < len(found.shared) <= MOST and not any("\0" in key for key in found.shared)


def _read(value: str, found: Keys) -> str:
    """The SQL of the JSON of each shared key, as a list; null where the object has none such."""
    pointers = (quoted("/" + key.replace("~", "~0").replace("/", "~1")) for key in found.shared)
    return f"json_extract({value}, [{', '.join(pointers)}])"
