"""The macros and views as SQL files that stand without this package: for DuckDB's command line and other clients.

A release has them beside its Parquet files; `conflict-events query --script` writes both for any files.
"""

from __future__ import annotations

from conflict_events import schema
from conflict_events.query import macro, views

_VIEWS = """\
-- A view of every table over the Parquet files of this folder, which must be the working directory.
-- In DuckDB's command line: .read views.sql, then .read macros.sql
"""
_MACROS = """\
-- Every macro of conflict-events, for DuckDB. It needs a view or table named events; the others may be there.
-- In DuckDB's command line: CREATE VIEW events AS FROM 'events.parquet'; then .read macros.sql
-- What each macro does stands above it.

-- Tables that are not there are empty.
"""
READ = ("event_actors", "reports", "casualties", "sources", "publishers", "actors", "events_history", "coverage")
"""The tables besides events that macros read."""


def views_sql() -> str:
    """The script that makes the views over a release's files in the working directory."""
    lines = (f"CREATE OR REPLACE VIEW {table.name} AS FROM '{table.name}.parquet';" for table in schema.TABLES)
    return _VIEWS + "\n".join(lines) + "\n"


def macros_sql() -> str:
    """The script that makes the macros, over whatever tables of READ there are; events must be there."""
    empty = (f"CREATE VIEW IF NOT EXISTS {name} AS {views.empty(schema.table(name))};" for name in READ)
    return _MACROS + "\n".join(empty) + "\n\n" + macro.script()
