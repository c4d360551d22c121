"""One table on both sides, compared in DuckDB: a hash of each row first, then only the rows whose hashes differ.

TABLE_pairs    a row a key that stands once: whether OLD (was) and NEW (is_now) have it, and what differs
TABLE_apart    keys that stand in several rows of a side, or are null, with the number of rows on each side
TABLE_changes  a row a changed column of a key: column, old, new, spelling_only
TABLE_labels   the same for the labels of a release
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.dataset.diff import native, spelling
from conflict_events.dataset.diff.columns import (
    CELL,
    LATITUDE,
    LONGITUDE,
    NATIVE,
    Compared,
    as_text,
    cell,
    compared,
    identifier,
    may_be_spelled,
    meet,
)
from conflict_events.dataset.diff.inputs import Side
from conflict_events.dataset.diff.periods import coverage, periods
from conflict_events.dataset.diff.result import ColumnChange, Layout, TableDiff
from conflict_events.files import quoted

if TYPE_CHECKING:
    import duckdb


def compare(con: duckdb.DuckDBPyConnection, table: schema.Table, old: Side, new: Side, until: date | None) -> TableDiff:
    """Compare the table, which both sides have; the temporary tables stay with the connection."""
    was, now = old.tables[table.name], new.tables[table.name]
    how = compared(table, set(was.columns & now.columns))
    _pairs(con, table, how)
    found = _changes(con, table, how)
    _labels(con, table, how)
    covers = coverage(con, was.view, until) if "date_start" in was.columns else None
    return TableDiff(
        table=table.name,
        key=table.key,
        **_counts(con, table.name, how.key),
        columns=_columns(con, f"{table.name}_changes"),
        labels=_columns(con, f"{table.name}_labels"),
        layout=_layout(was.columns, now.columns, was.foreign, now.foreign, found),
        covers=covers,
        added_periods=periods(con, table, "new", covers) if "date_start" in now.columns else None,
        withdrawn_periods=periods(con, table, "old", covers) if covers is not None else None,
    )


def _pairs(con: duckdb.DuckDBPyConnection, table: schema.Table, how: Compared) -> None:
    name = table.name
    key = ", ".join(map(identifier, how.key))
    values, labels = (f"hash({', '.join(map(identifier, c))})" if c else "0" for c in (how.values, how.labels))
    for side in ("old", "new"):
        con.execute(
            f"CREATE TEMP TABLE {name}_{side}_hashes AS SELECT {key}, {values} AS h, "
            f"{f'hash({NATIVE})' if how.native else '0'} AS hn, "
            f"{labels} AS hl FROM {side}_{name}"
        )
    null = " OR ".join(f"{identifier(k)} IS NULL" for k in how.key if not table.column(k).nullable) or "false"
    con.execute(
        f"CREATE TEMP TABLE {name}_apart AS SELECT {key}, CAST(sum(o) AS BIGINT) AS old_rows, "
        f"CAST(sum(n) AS BIGINT) AS new_rows FROM (SELECT {key}, 1 AS o, 0 AS n FROM {name}_old_hashes "
        f"UNION ALL SELECT {key}, 0, 1 FROM {name}_new_hashes) GROUP BY {key} HAVING sum(o) > 1 OR sum(n) > 1 OR {null}"
    )
    [(apart,)] = con.execute(f"SELECT count(*) FROM {name}_apart").fetchall()
    # a null matches nothing in the anti join where the column allows none, so it is left out by name
    once = f"ANTI JOIN {name}_apart AS a ON {meet(table, 's', 'a')} WHERE NOT ({null})" if apart else ""
    either = ", ".join(f"coalesce(o.{k}, n.{k}) AS {k}" for k in map(identifier, how.key))
    con.execute(
        f"CREATE TEMP TABLE {name}_pairs AS SELECT {either}, coalesce(o.there, false) AS was, "
        "coalesce(n.there, false) AS is_now, o.h IS DISTINCT FROM n.h AS by_value, "
        "o.hn IS DISTINCT FROM n.hn AS by_native, o.hl IS DISTINCT FROM n.hl AS by_label "
        f"FROM (SELECT *, true AS there FROM {name}_old_hashes AS s {once}) AS o "
        f"FULL JOIN (SELECT *, true AS there FROM {name}_new_hashes AS s {once}) AS n ON {meet(table, 'o', 'n')}"
    )
    con.execute(f"DROP TABLE {name}_old_hashes; DROP TABLE {name}_new_hashes")


def _changes(con: duckdb.DuckDBPyConnection, table: schema.Table, how: Compared) -> native.Keys:
    """Fill TABLE_changes; returns the keys of native, which are looked at only where some native differs."""
    changes = f"{table.name}_changes"
    _empty(con, changes, table, how.key)
    _both(con, table, how.values, "by_value")
    for column in _differing(con, how.values):
        _insert(con, changes, table.column(column), how)
    con.execute("DROP TABLE both_sides")
    [(differing,)] = con.execute(
        f"SELECT count(*) FROM {table.name}_pairs WHERE was AND is_now AND by_native"
    ).fetchall()
    if not differing:
        return native.Keys((), {}, {})
    found = native.keys(con, f"old_{table.name}", f"new_{table.name}")
    _both(con, table, (NATIVE,), "by_native", native.differ(found))
    native.insert(con, "both_sides", changes, how.key, found)
    con.execute("DROP TABLE both_sides")
    return found


def _labels(con: duckdb.DuckDBPyConnection, table: schema.Table, how: Compared) -> None:
    labels = f"{table.name}_labels"
    _empty(con, labels, table, how.key)
    _both(con, table, how.labels, "by_label")
    for column in how.labels:
        _insert(con, labels, table.column(column), how)
    con.execute("DROP TABLE both_sides")


def _empty(con: duckdb.DuckDBPyConnection, name: str, table: schema.Table, key: tuple[str, ...]) -> None:
    names = ", ".join(map(identifier, key))
    con.execute(
        f"CREATE TEMP TABLE {name} AS SELECT {names}, '' AS \"column\", '' AS old, '' AS new, "
        f"false AS spelling_only FROM old_{table.name} WHERE false"
    )


def _both(
    con: duckdb.DuckDBPyConnection,
    table: schema.Table,
    columns: tuple[str, ...],
    differ: str,
    where: str = "true",
) -> None:
    """`both_sides`: the rows whose hashes differ, the columns of OLD as old_NAME beside those of NEW as new_NAME."""
    name, names = table.name, ", ".join(map(identifier, table.key))
    keys = ", ".join(f"p.{identifier(k)}" for k in table.key)
    sides = ", ".join(f"{s}.{identifier(c)} AS {identifier(f'{s}_{c}')}" for c in columns for s in ("old", "new"))
    con.execute(
        f"CREATE TEMP TABLE both_sides AS SELECT {keys}{', ' if sides else ''}{sides} "
        f"FROM (SELECT {names} FROM {name}_pairs WHERE was AND is_now AND {differ}) AS p "
        f"JOIN old_{name} AS old ON {meet(table, 'p', 'old')} "
        f"JOIN new_{name} AS new ON {meet(table, 'p', 'new')} WHERE {where}"
    )


def _differing(con: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> list[str]:
    if not columns:
        return []
    tests = ", ".join(f"bool_or({_old(c)} IS DISTINCT FROM {_new(c)})" for c in columns)
    [found] = con.execute(f"SELECT {tests} FROM both_sides").fetchall()
    return [c for c, differs in zip(columns, found, strict=True) if differs]


def _insert(con: duckdb.DuckDBPyConnection, changes: str, column: schema.Column, how: Compared) -> None:
    names = ", ".join(map(identifier, how.key))
    old, new = _old(column.name), _new(column.name)
    where = f"{old} IS DISTINCT FROM {new}"
    if column.name == CELL and {LATITUDE, LONGITUDE} <= set(how.values):
        follows = (
            f"{side(CELL)} IS NOT DISTINCT FROM {cell(side(LATITUDE), side(LONGITUDE))}" for side in (_old, _new)
        )
        where += f" AND NOT ({' AND '.join(follows)})"
    spelled = spelling.same(old, new) if may_be_spelled(column) and column.name not in how.labels else "false"
    con.execute(
        f"INSERT INTO {changes} SELECT {names}, {quoted(column.name)}, {as_text(old, column)}, {as_text(new, column)}, "
        f"{spelled} FROM both_sides WHERE {where}"
    )


def _old(column: str) -> str:
    return identifier(f"old_{column}")


def _new(column: str) -> str:
    return identifier(f"new_{column}")


def _counts(con: duckdb.DuckDBPyConnection, name: str, key: tuple[str, ...]) -> dict[str, int]:
    names = ", ".join(map(identifier, key))
    [(old, new)] = con.execute(
        f"SELECT (SELECT count(*) FROM old_{name}), (SELECT count(*) FROM new_{name})"
    ).fetchall()
    [(kept, added, withdrawn)] = con.execute(
        "SELECT count(*) FILTER (WHERE was AND is_now), count(*) FILTER (WHERE NOT was), "
        f"count(*) FILTER (WHERE NOT is_now) FROM {name}_pairs"
    ).fetchall()
    [(revised, spelled)] = con.execute(
        "SELECT count(*), count(*) FILTER (WHERE s) "
        f"FROM (SELECT bool_and(spelling_only) AS s FROM {name}_changes GROUP BY {names})"
    ).fetchall()
    [(apart, apart_old, apart_new)] = con.execute(
        f"SELECT count(*), coalesce(sum(old_rows), 0)::BIGINT, coalesce(sum(new_rows), 0)::BIGINT FROM {name}_apart"
    ).fetchall()
    return {
        "rows_old": old,
        "rows_new": new,
        "kept": kept,
        "added": added,
        "withdrawn": withdrawn,
        "revised": revised,
        "spelling_only": spelled,
        "keys_apart": apart,
        "rows_apart_old": apart_old,
        "rows_apart_new": apart_new,
    }


def _columns(con: duckdb.DuckDBPyConnection, changes: str) -> tuple[ColumnChange, ...]:
    rows = con.execute(
        f'SELECT "column", count(*), count(*) FILTER (WHERE spelling_only) FROM {changes} GROUP BY 1 ORDER BY 2 DESC, 1'
    ).fetchall()
    return tuple(ColumnChange(*row) for row in rows)


def _layout(
    was: frozenset[str],
    now: frozenset[str],
    was_foreign: tuple[str, ...],
    now_foreign: tuple[str, ...],
    keys: native.Keys,
) -> tuple[Layout, ...]:
    found = [Layout(name, "old", None) for name in sorted(was - now)]
    found += [Layout(name, "new", None) for name in sorted(now - was)]
    found += [Layout(name, "old", None, foreign=True) for name in was_foreign]
    found += [Layout(name, "new", None, foreign=True) for name in now_foreign]
    found += [Layout(f"{NATIVE}.{k}", "old", rows) for k, rows in keys.only_old.items()]
    found += [Layout(f"{NATIVE}.{k}", "new", rows) for k, rows in keys.only_new.items()]
    return tuple(found)
