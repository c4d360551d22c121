"""conflict-events query"""

from __future__ import annotations

import sys

import click

from conflict_events.query.render import FORMATS


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sql", required=False)
@click.option("--data", "-d", multiple=True, metavar="PATH", help="Your own Parquet file(s), glob or folder instead.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--script", is_flag=True, help="Print the SQL of views and macros, for DuckDB's own command line.")
def command(sql: str | None, data: tuple[str, ...], format_: str, script: bool) -> None:
    """Answer SQL (DuckDB's) over the tables and macros; `-` reads it from standard input.

    \b
    Examples:
      conflict-events query "SELECT country, count(*) FROM events GROUP BY ALL"
      conflict-events query "FROM events_within(36.34, 43.13, 50)" --format csv
      conflict-events query "FROM events" --data my_events.parquet
      conflict-events query --script --data my_events.parquet > open.sql
    """
    from conflict_events.errors import UsageError
    from conflict_events.query import sql as run
    from conflict_events.query.connection import opening
    from conflict_events.query.render import render

    if script == (sql is not None):
        raise UsageError("give a query, or --script: one of the two")
    if sql is None:
        click.echo(opening(list(data) or None), nl=False)
        return
    text = sys.stdin.read() if sql == "-" else sql
    render(run(text, source=list(data) or None), format_, sys.stdout)
