"""Two releases, or two files, of the same tables: what was added, withdrawn and revised between them.

`diff` compares by key; `Diff` holds the counts and, in DuckDB, every change. What counts as a revision is told in
`columns`, what as a mere change of spelling in `spelling`.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from datetime import date
from typing import TYPE_CHECKING

from conflict_events import schema
from conflict_events.dataset.diff import spelling
from conflict_events.dataset.diff.deaths import deaths
from conflict_events.dataset.diff.inputs import Data, Side, read
from conflict_events.dataset.diff.result import Diff, TableDiff
from conflict_events.dataset.diff.tables import compare
from conflict_events.errors import BadDataError, UsageError
from conflict_events.files import first_line

if TYPE_CHECKING:
    import duckdb

__all__ = ["Diff", "TableDiff", "diff"]


def diff(
    old: Data, new: Data, table: str | None = None, *, until: date | None = None, memory_limit: str | None = None
) -> Diff:
    """Compare `old` with `new`, table by table, row by row by the table's key.

    old, new: a Parquet, CSV or TSV file, a folder of them, an Arrow table, or a mapping of table names to these.
    table: which table the data are, where they do not say. until: the last day that `old` covers; None the end of
    the year of its latest date_start. memory_limit: for DuckDB, such as 512MB; beyond it the work goes to disk.

    Keys that stand in several rows of a side, or are null where the table allows none, are set apart and named: they
    are never joined. Raises
    UsageError where there is no such file, its table is not known, or the two have no table in common; BadDataError
    for a file that cannot be read, a key column that is missing, or a value that its column's type cannot hold.
    """
    import duckdb

    spill = tempfile.mkdtemp(prefix="conflict-events-")
    con = duckdb.connect(config={"temp_directory": spill, "autoinstall_known_extensions": "false"})
    finish = weakref.finalize(con, shutil.rmtree, spill, ignore_errors=True)
    try:
        if memory_limit is not None:
            _limit(con, memory_limit)
        con.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
        spelling.register(con)
        return _diff(con, read(con, "old", old, table), read(con, "new", new, table), until)
    except (duckdb.DataError, duckdb.IOException) as error:
        con.close()
        finish()
        raise BadDataError(f"the two cannot be compared: {first_line(error)}") from error
    except BaseException:
        con.close()
        finish()
        raise


def _limit(con: duckdb.DuckDBPyConnection, memory_limit: str) -> None:
    import duckdb

    try:
        con.execute("SET memory_limit = ?", [memory_limit])
    except duckdb.Error as error:
        raise UsageError(f"'{memory_limit}' is no amount of memory: write it as 512MB or 4GB") from error


def _diff(con: duckdb.DuckDBPyConnection, old: Side, new: Side, until: date | None) -> Diff:
    both = [t for t in schema.TABLES if t.name in old.tables and t.name in new.tables]
    if not both:
        raise UsageError(
            f"nothing to compare: {old.label} is {', '.join(old.tables)} and {new.label} is {', '.join(new.tables)}"
        )
    tables = tuple(compare(con, table, old, new, until) for table in both)
    return Diff(
        old.label,
        new.label,
        old.release,
        new.release,
        tables,
        tuple(sorted(old.tables.keys() - new.tables.keys())),
        tuple(sorted(new.tables.keys() - old.tables.keys())),
        deaths(con, old, new) if "events" in {t.table for t in tables} else (),
        con,
    )
