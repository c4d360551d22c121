"""Open DuckDB over the shipped tables or over a user's own files, with the macros loaded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from conflict_events.errors import UsageError
from conflict_events.query.macro import script
from conflict_events.query.message import one_line
from conflict_events.query.source import Source, tables_in
from conflict_events.query.views import own, shipped

if TYPE_CHECKING:
    import duckdb

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # a query must never go to the network for an extension that it happens to name
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

_PROBE = """
SELECT share * (deaths_low + deaths_best + deaths_high), haversine_km(0, 0, latitude, longitude) FROM event_months()"""
"""What macros ask of the types of events."""


def connect(source: Source | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB connection in which every table is a view over its Parquet file, macros loaded.

    Without `source` the tables are those of the shipped release. With it, a file, a folder, a glob or a sequence of
    these, they are the user's own: tables that the files lack are empty, never the shipped ones, but for the
    vocabulary and the crosswalks, which are the same for everybody. Columns that a file lacks, as one of an older
    schema does, are null.

    The connection is the user's: DuckDB's own errors come through. It installs and loads no extension by itself and
    so makes no network access; the local filesystem is open, so that own files can be joined.

    Raises UsageError where there is no such file, where a file's table is not known, where it is of a newer schema or
    its columns have types that the macros cannot read; BadDataError for a file that is not Parquet.
    """
    import duckdb

    con = duckdb.connect(config=_CONFIG)
    try:
        con.execute(shipped() if source is None else own(tables_in(source, con), con))
        con.execute(script())
        if source is not None:
            con.sql(_PROBE)  # bound and not run: DuckDB looks at types when a macro is called, not when it is made
    except duckdb.Error as error:
        con.close()
        given = [source] if isinstance(source, (str, os.PathLike)) else source
        what = "the shipped tables" if given is None else ", ".join(map(str, given))
        raise UsageError(
            f"{what}: the columns do not fit the schema: {one_line(error)}; `conflict-events validate` tells which"
        ) from error
    except BaseException:
        con.close()
        raise
    return con


def opening(source: Source | None = None) -> str:
    """The SQL that makes what `connect` makes, views and macros, for DuckDB's command line; paths are absolute.

    Raises as `connect` does.
    """
    import duckdb

    connect(source).close()  # what is wrong with the files is said here, not in another program
    with duckdb.connect(config=_CONFIG) as con:
        views = shipped() if source is None else own(tables_in(source, con), con)
    return f"{views}\n\n{script()}"


def sql(query: str, source: Source | None = None) -> duckdb.DuckDBPyRelation:
    """The result of a query, not yet computed: call .df(), .pl(), .to_arrow_table(), .fetchall() or .show() on it.

    Each call has a connection of its own, which lives as long as the result.

    `source` is as in `connect`. Python variables are not visible to the query: use `connect` to join a data frame.
    Errors that only the rows can show (a failed cast, a macro's refusal) are raised as DuckDB's when the result is
    computed.

    Raises UsageError, one line with DuckDB's hint, for SQL that does not parse or names what is not there.
    """
    import duckdb

    con = connect(source)
    # otherwise a name such as `con` would be looked up among the variables of this function
    con.execute("SET python_enable_replacements = false")
    try:
        relation = con.sql(query)
    except duckdb.Error as error:
        con.close()
        raise UsageError(one_line(error)) from error
    if relation is None:
        raise UsageError("the query is empty: give it a statement such as SELECT count(*) FROM events")
    return relation
