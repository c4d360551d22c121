"""The Spark engine: rules run where the data is, and only failing rows leave Spark.

One query asks all row rules of a part, another all rules over several rows or tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import reduce
from typing import TYPE_CHECKING, Any

from conflict_events import schema
from conflict_events.errors import BadDataError
from conflict_events.quality import failures, plan
from conflict_events.quality.engines import Counts, Engine
from conflict_events.quality.engines.frame import key_columns, needed_columns
from conflict_events.quality.engines.spark_frames import SparkRows, frame, hold, names_given, spark_reads
from conflict_events.quality.engines.spark_session import session, told
from conflict_events.quality.held import brought
from conflict_events.quality.inputs import FILE, ROW
from conflict_events.quality.structure import Usable

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_RULE = "rule_id"


def _check_rows(con: duckdb.DuckDBPyConnection, part: Usable, rules: Sequence[schema.Rule]) -> Counts:
    """One query for all row rules of the part."""
    import narwhals as nw

    from conflict_events.targets.predicates import predicate

    with told(part.files[0]):
        rows = frame(con, _session([part]), [part], needed_columns(rules))
        _refuse_lost(con, part, rows)
        asked = nw.from_native(rows).lazy().select(FILE, ROW, **{rule.id: predicate(rule) for rule in rules})
        # only a row that breaks a rule leaves Spark
        broken = asked.filter(nw.any_horizontal(*(~nw.col(rule.id) for rule in rules), ignore_nulls=True))
        found: pa.Table = broken.to_native().toArrow()
    return _record(con, [part], rules, _failure_each(found, rules))


def _check_relations(
    con: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[Usable]], table: str, rules: Sequence[schema.Rule]
) -> Counts:
    """One query for all rules of the table over several rows or tables: what each finds, one under another."""
    import narwhals as nw

    from conflict_events.targets.relational_frames import failing

    needed = {name: key_columns(rules, name) for rule in rules for name in plan.needs(rule)}
    needed[table] = needed_columns(rules)
    with told(table):
        spark = _session([part for name in needed for part in tables[name]])
        native = {name: frame(con, spark, tables[name], columns) for name, columns in needed.items()}
        frames: dict[str, Any] = {name: nw.from_native(rows).lazy() for name, rows in native.items()}
        each: list[DataFrame] = [
            failing(rule, frames, [FILE, ROW]).select(nw.lit(rule.id).alias(_RULE), FILE, ROW).to_native()
            for rule in rules
        ]
        found: pa.Table = reduce(lambda a, b: a.unionAll(b), each).toArrow()
    return _record(con, tables[table], rules, found)


def _session(parts: Sequence[Usable]) -> SparkSession:
    """The session of the frames among the parts, else that for reading files."""
    return next((part.held.frame.sparkSession for part in parts if isinstance(part.held, SparkRows)), None) or session()


def _refuse_lost(con: duckdb.DuckDBPyConnection, part: Usable, rows: DataFrame) -> None:
    """BadDataError where Spark sees another number of rows in files than is there: it would pass rows in silence."""
    if not spark_reads(part):
        return
    [(there,)] = con.execute(f"SELECT count(*) FROM ({part.sql})").fetchall()
    seen = rows.count()
    if seen != there:
        raise BadDataError(f"{part.files[0]}: Spark reads {seen} rows where there are {there}: use engine duckdb")


def _failure_each(broken: pa.Table, rules: Sequence[schema.Rule]) -> pa.Table:
    """A row a failure, of rows with a boolean column a rule."""
    import pyarrow as pa
    import pyarrow.compute as pc

    pieces = []
    for rule in rules:
        places = broken.select([FILE, ROW]).filter(pc.invert(broken[rule.id]))
        pieces.append(places.add_column(0, _RULE, pa.repeat(rule.id, places.num_rows)))
    return pa.concat_tables(pieces)


def _record(
    con: duckdb.DuckDBPyConnection, parts: Sequence[Usable], rules: Sequence[schema.Rule], found: pa.Table
) -> Counts:
    """Record the failures; the failing rows of a frame are brought for their keys and messages."""
    import pyarrow.compute as pc

    found = names_given(found, parts)
    with ExitStack() as stack:
        for part in parts:
            if part.held is not None:
                numbers = pc.unique(found.filter(pc.equal(found[FILE], part.held.label))[ROW])
                columns = {*part.table.key, *failures.message_columns(rules, part)} & part.good
                stack.enter_context(brought(con, part.held, numbers, columns=columns))
        return failures.record(con, parts, rules, found)


ENGINE = Engine("spark", _check_rows, _check_relations, hold)
