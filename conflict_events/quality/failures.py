"""The store of failures: one table in the run's own DuckDB connection, filled by every engine in the same form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.files import quoted
from conflict_events.quality import plan
from conflict_events.quality.inputs import FILE, ROW
from conflict_events.quality.message import identifier, in_sql, placeholders, their_names
from conflict_events.quality.message import key as key_of
from conflict_events.quality.structure import Usable

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

TABLE = "_failures"


def create(con: duckdb.DuckDBPyConnection) -> None:
    """The empty store."""
    columns = 'rule_id VARCHAR, "file" VARCHAR, "row" BIGINT, "key" VARCHAR, message VARCHAR'
    con.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} ({columns})")


def collect(con: duckdb.DuckDBPyConnection, unplaced: Sequence[str] = ()) -> pa.Table:
    """Every failure, in an order that does not depend on the engine; `unplaced` inputs number rows for us alone."""
    row = f'CASE WHEN "file" NOT IN ({", ".join(map(quoted, unplaced))}) THEN "row" END' if unplaced else '"row"'
    return con.sql(
        f'SELECT rule_id, "file", {row} AS "row", "key", message FROM {TABLE} '
        'ORDER BY rule_id, "file", 3, "key", message'
    ).to_arrow_table()


def key(part: Usable) -> str:
    """The SQL of a row's key as text: null where no key column is there or has a value."""
    return key_of([c for c in part.table.key if c in part.good])


def message(rule: schema.Rule, part: Usable) -> str:
    """The SQL of a rule's message about a row."""
    template = rule.message + (their_names(plan.columns(rule)[:4], part.theirs) if part.theirs else "")
    return in_sql(template, {c: identifier(c) for c in placeholders(rule.message) if c in part.good})


def message_columns(rules: Iterable[schema.Rule], part: Usable) -> list[str]:
    """The columns that the messages of the rules show and the part has."""
    return sorted({c for rule in rules for c in placeholders(rule.message)} & set(part.good))


def insert(con: duckdb.DuckDBPyConnection, rule: schema.Rule, part: Usable, rows: str) -> int:
    """Record a failure for each row of a FROM clause that has FILE, ROW, `_key` and the columns of the message."""
    found = con.execute(
        f"INSERT INTO {TABLE} SELECT '{rule.id}', {FILE}, {ROW}, _key, {message(rule, part)} FROM {rows}"
    ).fetchone()
    return int(found[0]) if found else 0


def record(
    con: duckdb.DuckDBPyConnection,
    parts: Sequence[Usable],
    rules: Sequence[schema.Rule],
    found: pa.Table,
) -> dict[str, int]:
    """Record failures known by their place alone: `found` has rule_id, FILE and ROW, a row a failure.

    The rows are read once more for their keys and messages. Returns a count for each of the rules.
    """
    counts = dict.fromkeys((rule.id for rule in rules), 0)
    if not found.num_rows:
        return counts
    broken = set(found["rule_id"].unique().to_pylist())
    with registered(con, "_found", found):
        for part in parts:
            columns = "".join(f", {identifier(c)}" for c in message_columns(rules, part))
            con.execute(
                f"CREATE OR REPLACE TEMP TABLE _failing AS SELECT {FILE}, {ROW}, {key(part)} AS _key{columns} "
                f"FROM ({part.sql}) SEMI JOIN _found USING ({FILE}, {ROW})"
            )
            for rule in (rule for rule in rules if rule.id in broken):
                rows = f"_failing SEMI JOIN (FROM _found WHERE rule_id = '{rule.id}') USING ({FILE}, {ROW})"
                counts[rule.id] += insert(con, rule, part, rows)
        con.execute("DROP TABLE IF EXISTS _failing")
    return counts


@contextmanager
def registered(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    """The Arrow table as a view of that name while the block runs."""
    con.register(name, table)
    try:
        yield
    finally:
        con.unregister(name)
