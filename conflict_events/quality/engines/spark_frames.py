"""Every part of a validation as a Spark frame of one form: the columns that rules need, FILE and ROW.

Parquet files are read by Spark, which tells a row's place itself. A frame of Spark's stays where it is. CSV files and
frames of other libraries are read as for every engine, and handed over.
"""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from conflict_events import files, schema
from conflict_events.errors import BadDataError, UsageError
from conflict_events.quality.engines.frame import EngineError, read_columns
from conflict_events.quality.engines.spark_session import told
from conflict_events.quality.inputs import FILE, ROW, TEXT_SUFFIXES, Part
from conflict_events.quality.structure import Usable
from conflict_events.schema.types import Type
from conflict_events.targets.accepted import NO_VALUE

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql.types import StructField

_BROADCAST = 2_000_000
"""Most row numbers that are sent to every executor rather than shuffled."""

_TYPES = {
    "TINYINT": "tinyint",
    "SMALLINT": "smallint",
    "INTEGER": "int",
    "BIGINT": "bigint",
    "UTINYINT": "smallint",
    "USMALLINT": "int",
    "UINTEGER": "bigint",
    "VARCHAR": "string",
    "ENUM": "string",
    "BOOLEAN": "boolean",
    "FLOAT": "float",
    "DOUBLE": "double",
    "DATE": "date",
    "BLOB": "binary",
    "GEOMETRY": "binary",
    "VARCHAR[]": "array<string>",
    'STRUCT(affiliation VARCHAR, "from" DATE, "to" DATE)[]': "array<struct<affiliation:string,from:date,to:date>>",
    "STRUCT(xmin DOUBLE, ymin DOUBLE, xmax DOUBLE, ymax DOUBLE)": (
        "struct<xmin:double,ymin:double,xmax:double,ymax:double>"
    ),
}
"""DuckDB's type of a Parquet column -> the type in which Spark reads it."""

_PLAIN = {
    Type.STRING: "string",
    Type.BOOL: "boolean",
    Type.INT8: "bigint",
    Type.INT32: "bigint",
    Type.FLOAT: "float",
    Type.DOUBLE: "double",
    Type.DATE: "date",
    Type.STRINGS: "array<string>",
}
"""The Spark type in which rules see a column; of the types that are not here, only whether there is a value."""


@dataclass(frozen=True, eq=False)
class SparkRows:
    """A frame of the caller's: `frame` has its columns as c0, c1, … and ROW, and is kept on the executors' disks.

    A frame has no order and may give its rows anew each time it is read, so its rows are numbered once and kept. They
    are given up when the last part or result that holds them is gone.
    """

    view: str
    label: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    frame: DataFrame

    def count(self) -> int:
        """How many rows there are."""
        with told(self.label):
            return self.frame.count()

    def column(self, name: str) -> Column:
        """The column of the frame that DuckDB calls by that name."""
        from pyspark.sql import functions as F  # noqa: N812

        return F.col(f"c{self.names.index(name)}")

    def rows(self, numbers: pa.Array, among: bool, columns: Collection[str]) -> pa.Table:
        """ROW and those columns of the rows that are (or are not) among the numbers: they come to the driver."""
        import pyarrow as pa
        from pyspark.sql import functions as F  # noqa: N812

        wanted = [name for name in self.names if name in columns]
        with told(self.label):
            asked = handed(self.frame.sparkSession, pa.table({ROW: numbers}))
            asked = F.broadcast(asked) if len(numbers) <= _BROADCAST else asked
            chosen = self.frame.join(asked, ROW, "left_semi" if among else "left_anti")
            found = chosen.select(ROW, *(f"c{self.names.index(name)}" for name in wanted)).toArrow()
        return found.rename_columns([ROW, *wanted])


def hold(con: duckdb.DuckDBPyConnection, data: Any, table: str | None) -> Part | None:
    """A frame of Spark's as a part; None for data of any other library."""
    library, *rest = type(data).__module__.split(".")
    if library != "pyspark":
        return None
    kind = type(data).__name__
    if kind != "DataFrame" or "pandas" in rest:
        raise UsageError(f"cannot validate a {type(data).__module__}.{kind}: give a pyspark.sql.DataFrame")
    label = f"<pyspark DataFrame{f' {table}' if table else ''}>"
    if data.isStreaming:
        raise UsageError(f"{label} is a stream: validate each batch of it, as in foreachBatch")
    names = list(data.columns)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadDataError(f"{label} has two columns named {twice}: rename one")
    known = table or files.table_of(label, None, dict.fromkeys(names, ""))
    types = _duckdb_types(con, data.schema.fields)
    view = f"_held_{known}"
    with told(label):
        held = SparkRows(view, label, tuple(types), tuple(types.values()), _numbered(data))
    weakref.finalize(held, _give_up, held.frame).atexit = False
    return Part(known, f"SELECT * FROM {view}", types, (label,), held=held)


def frame(
    con: duckdb.DuckDBPyConnection, session: SparkSession, parts: Sequence[Usable], columns: Iterable[str]
) -> DataFrame:
    """The columns of the parts' rows in the form that rules see, with FILE and ROW."""
    wanted = set(columns)
    frames = [_one(con, session, part, wanted) for part in parts]
    return reduce(lambda a, b: a.unionByName(b, allowMissingColumns=True), frames)


def handed(session: SparkSession, rows: pa.Table) -> DataFrame:
    """An Arrow table as a Spark frame; EngineError where Spark took another number of rows.

    pyspark 4.3 loses rows, without a word, of a table in chunks of unequal length (416 of 726 arrived), so it is given
    one chunk, and the rows are counted where there must be more.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    whole = rows.combine_chunks()
    # named outright: a table of no rows has no batches to take the types from
    frame = session.createDataFrame(whole, schema=from_arrow_schema(whole.schema))
    if any(column.num_chunks > 1 for column in whole.columns) and frame.count() != whole.num_rows:
        raise EngineError(f"Spark took {frame.count():,} of {whole.num_rows:,} rows: use engine duckdb")
    return frame


def names_given(found: pa.Table, parts: Iterable[Usable]) -> pa.Table:
    """The same with each file named as the caller named it: Spark gives its address."""
    import pyarrow as pa
    import pyarrow.compute as pc

    given = {_path(name).as_posix().lstrip("/"): name for part in parts if part.held is None for name in part.files}
    addresses = pc.unique(found[FILE])
    names = [given.get(unquote(a.removeprefix("file:")).lstrip("/"), a) for a in addresses.to_pylist()]
    told_names = pa.array(names, pa.string()).take(pc.index_in(found[FILE], value_set=addresses))
    return found.set_column(found.column_names.index(FILE), FILE, told_names)


def spark_reads(part: Usable) -> bool:
    """Whether Spark reads the part's files itself: as Parquet, with the columns that they have."""
    return part.held is None and not part.mapped and all(_reads_alike(name) for name in part.files)


def _one(con: duckdb.DuckDBPyConnection, session: SparkSession, part: Usable, wanted: set[str]) -> DataFrame:
    from pyspark.sql import functions as F  # noqa: N812

    columns = [c for c in part.table.columns if c.name in wanted and c.name in part.good]
    if isinstance(part.held, SparkRows):
        held = part.held
        types = dict(zip(held.names, held.types, strict=True))
        plain = [_plain(c, held.column(c.name), types[c.name]) for c in columns]
        return held.frame.select(*plain, F.lit(held.label).alias(FILE), ROW)
    if spark_reads(part):
        return _parquet(con, session, part, columns)
    return handed(session, read_columns(con, [part], wanted, f"{FILE}, {ROW}"))


def _parquet(
    con: duckdb.DuckDBPyConnection, session: SparkSession, part: Usable, columns: Sequence[schema.Column]
) -> DataFrame:
    """The files as Spark reads them. Every option that could drop or change a row in silence is said."""
    from pyspark.sql import functions as F  # noqa: N812

    described = con.execute(f"DESCRIBE {part.original}").fetchall()
    types = {name: kind for name, kind, *_ in described}
    read = {
        c.name: _TYPES[types[c.name].split("(")[0] if types[c.name] not in _TYPES else types[c.name]]
        for c in columns
        if types[c.name] != NO_VALUE
    }
    rows = (
        session.read.schema(", ".join(f"`{name}` {kind}" for name, kind in read.items()))
        .option("datetimeRebaseMode", "CORRECTED")
        .option("ignoreCorruptFiles", "false")
        .option("ignoreMissingFiles", "false")
        .option("mergeSchema", "false")
        .option("recursiveFileLookup", "true")  # a folder named country=SYR is a folder, not a column
        .option("__globPaths__", "false")  # a name with [ or * in it means that file
        .parquet(*(f"file:///{_path(name).as_posix().lstrip('/')}" for name in part.files))
    )
    plain = [_plain(c, F.col(c.name) if c.name in read else F.lit(None), types[c.name]) for c in columns]
    return rows.select(*plain, F.col("_metadata.file_path").alias(FILE), F.col("_metadata.row_index").alias(ROW))


def _plain(column: schema.Column, value: Column, found: str) -> Column:
    """The column in the form that rules see: strings without a collation, one integer type, markers for the rest."""
    from pyspark.sql import functions as F  # noqa: N812

    kind = _PLAIN.get(column.type)
    if kind is None:
        value = F.when(value.isNotNull(), F.lit(True))
    elif column.type in (Type.STRING, Type.STRINGS, Type.INT8, Type.INT32) or found == NO_VALUE:
        value = value.cast(kind)
    return value.alias(column.name)


def _reads_alike(name: str) -> bool:
    """Whether the input is a Parquet file that Spark reads as DuckDB does.

    Spark passes over files whose names begin with _ or . in silence, and takes columns for the same whose names
    differ in case alone.
    """
    if name.startswith("<") or Path(name).suffix.lower() in TEXT_SUFFIXES:
        return False
    import pyarrow.parquet as pq

    path = _path(name)
    columns = [column.lower() for column in pq.read_schema(path).names]
    return not path.name.startswith(("_", ".")) and len(set(columns)) == len(columns)


def _path(name: str) -> Path:
    return Path(name).resolve()


def _duckdb_types(con: duckdb.DuckDBPyConnection, fields: Sequence[StructField]) -> dict[str, str]:
    """The columns' names and types as DuckDB would have them of an Arrow table of the frame."""
    import pyarrow as pa
    from pyspark.errors import PySparkException
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType

    unknown: dict[int, str] = {}
    arrow: list[Any] = []
    for place, one in enumerate(fields):
        said = one.dataType.simpleString()
        try:
            kind = to_arrow_schema(StructType([one])).field(0).type
        except PySparkException:
            kind, unknown[place] = pa.null(), said.upper()
        if said.startswith("geometry"):
            unknown[place] = "GEOMETRY"
        arrow.append(pa.field(one.name, kind))
    con.register("_fields", pa.schema(arrow).empty_table())
    try:
        described = con.execute("DESCRIBE FROM _fields").fetchall()
    finally:
        con.unregister("_fields")
    return {name: unknown.get(place, kind) for place, (name, kind, *_) in enumerate(described)}


def _numbered(data: DataFrame) -> DataFrame:
    from pyspark import StorageLevel
    from pyspark.sql import functions as F  # noqa: N812

    # renamed by position: Spark cannot tell columns apart whose names differ in case alone
    plain = data.toDF(*(f"c{i}" for i in range(len(data.columns))))
    # on disk, so that what the caller keeps in memory stays there
    return plain.withColumn(ROW, F.monotonically_increasing_id()).persist(StorageLevel.DISK_ONLY)


def _give_up(kept: DataFrame) -> None:
    with suppress(Exception):  # the session may be gone, and what it kept with it
        kept.unpersist()
