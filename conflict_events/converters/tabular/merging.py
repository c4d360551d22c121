"""Rows of one id, once all are known: the same row again is merged, another row under the same id is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.converters.conversion import Merged, Note
from conflict_events.converters.tabular import quoted

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from conflict_events.converters.tabular.dataset import Dataset
    from conflict_events.converters.tabular.ids import Ids
    from conflict_events.converters.tabular.sink import Sink
    from conflict_events.converters.tabular.state import State

SHOWN = 5


def merge(dataset: Dataset, sink: Sink, state: State, ids: Ids) -> Counter[str]:
    """Take out of the sink each row that equals an earlier one in every column; returns the deaths in them.

    Rows that share their id and differ stay, all of them, and a note names the ids: CE251 is broken, and which row is
    right is not ours to say. Rows are told apart by two hashes of 64 bits each over all columns.
    """
    import duckdb

    positions = ids.repeated()
    deaths: Counter[str] = Counter()
    if not positions:
        return deaths
    with duckdb.connect(config={"threads": 1}) as con:
        _gather(con, sink, dataset, positions)
        if _count(con, "SELECT count(*) FROM again"):
            _account(con, state, dataset, deaths)
            sink.rewrite(dataset.into, _without(con, sink.read(dataset.into), "again"))
        _beside(con, sink, state, dataset)
        _name(con, state)
    return deaths


def _gather(con: duckdb.DuckDBPyConnection, sink: Sink, dataset: Dataset, positions: list[int]) -> None:
    """`repeated`: the rows of ids that stand more than once; `again`: those of them that an earlier one equals."""
    import pyarrow as pa

    columns = [column.name for column in schema.table(dataset.into).columns]
    key, whole = quoted.name(columns[0]), ", ".join(quoted.name(name) for name in columns)
    counts = "".join(f", {quoted.name(to)}" for to in dataset.deaths.values())
    derived = "derived" if "derived" in columns else "CAST(NULL AS VARCHAR[])"
    con.register("wanted", pa.table({"position": pa.array(positions, pa.int64())}))
    made = False
    for start, piece in _placed(sink.read(dataset.into)):
        con.register("piece", piece)
        select = (
            f"SELECT position, {key} AS id, hash({whole}) AS one, hash('other', {whole}) AS other, {derived} AS derived"
            f"{counts} FROM (SELECT *, {start} + row_number() OVER () - 1 AS position FROM piece) "
            "SEMI JOIN wanted USING (position)"
        )
        con.execute(f"INSERT INTO repeated {select}" if made else f"CREATE TABLE repeated AS {select}")
        made = True
    con.execute(
        "CREATE TABLE again AS SELECT *, min(position) OVER (PARTITION BY id, one, other) AS earlier FROM repeated "
        "QUALIFY position > earlier"
    )


def _account(con: duckdb.DuckDBPyConnection, state: State, dataset: Dataset, deaths: Counter[str]) -> None:
    """Rows taken out count as merged, and every later sheet's first row moves up."""
    for to in dataset.deaths.values():
        deaths[to] = _count(con, f"SELECT coalesce(sum({quoted.name(to)}), 0) FROM again")
    for name, n in con.execute("SELECT unnest(derived) AS name, count(*) FROM again GROUP BY name").fetchall():
        state.derived[name] -= n
    spans = [(s, s.first_row, s.first_row + s.rows_out) for s in state.sheets if s.rows_out]
    values = ", ".join(f"({i}, {first}, {end})" for i, (_, first, end) in enumerate(spans))
    pairs = con.execute(
        f"WITH spans(sheet, first_row, beyond) AS (VALUES {values}) "
        "SELECT here.sheet, there.sheet, count(*) FROM again "
        "JOIN spans AS here ON position >= here.first_row AND position < here.beyond "
        "JOIN spans AS there ON earlier >= there.first_row AND earlier < there.beyond GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    gone: Counter[int] = Counter()
    for here, there, n in pairs:
        said = f"rows of {spans[there][0].name} that are the same in every column"
        state.merged.append(Merged(spans[here][0].name, said, rows=n))
        gone[here] += n
    for i, (running, *_) in enumerate(spans):
        running.rows_out -= gone[i]
    start = 0
    for running in state.sheets:
        running.first_row = start
        start += running.rows_out
    state.rows_out[dataset.into] -= gone.total()
    state.after.subtract(deaths)


def _beside(con: duckdb.DuckDBPyConnection, sink: Sink, state: State, dataset: Dataset) -> None:
    """Rows beside those of a repeated id, such as who took part, stand once."""
    for side in dataset.sides:
        declared = schema.table(side.table)
        if side.shared or "event_id" not in declared.names or not state.rows_out[side.table]:
            continue
        key = ", ".join(declared.key)
        con.execute("CREATE OR REPLACE TABLE beside (position BIGINT, one UBIGINT)")
        for start, piece in _placed(sink.read(side.table)):
            con.register("piece", piece)
            con.execute(
                f"INSERT INTO beside SELECT position, hash({key}) FROM (SELECT *, {start} + row_number() OVER () - 1 "
                "AS position FROM piece) WHERE event_id IN (SELECT id FROM repeated)"
            )
        con.execute(
            "CREATE OR REPLACE TABLE twice AS SELECT position FROM beside "
            "QUALIFY position > min(position) OVER (PARTITION BY one)"
        )
        sink.rewrite(side.table, _without(con, sink.read(side.table), "twice"))
        state.rows_out[side.table] -= _count(con, "SELECT count(*) FROM twice")


def _name(con: duckdb.DuckDBPyConnection, state: State) -> None:
    """A note on ids of which rows differ."""
    differ = "SELECT id, min(position) AS p FROM repeated GROUP BY id HAVING count(DISTINCT (one, other)) > 1"
    n = _count(con, f"SELECT count(*) FROM ({differ})")
    if n:
        first = [str(id) for id, _ in con.execute(f"{differ} ORDER BY p LIMIT {SHOWN}").fetchall()]
        shown = ", ".join(first) + (", ..." if n > SHOWN else "")
        state.notes.append(Note("", "duplicate_ids", f"{n:,} ids stand for rows that differ: {shown}"))


def _without(con: duckdb.DuckDBPyConnection, pieces: Iterator[pa.Table], table: str) -> Iterator[pa.Table]:
    """The pieces without the rows at the table's positions."""
    import pyarrow as pa
    import pyarrow.compute as pc

    gone = con.sql(f"SELECT position FROM {table}").to_arrow_table().column(0).combine_chunks()
    for start, piece in _placed(pieces):
        here = pa.array(range(start, start + piece.num_rows), pa.int64())
        yield piece.filter(pc.invert(pc.is_in(here, value_set=gone)))


def _placed(pieces: Iterator[pa.Table]) -> Iterator[tuple[int, pa.Table]]:
    """Each piece with the position of its first row."""
    start = 0
    for piece in pieces:
        yield start, piece
        start += piece.num_rows


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    [(n,)] = con.execute(query).fetchall()
    return int(n)
