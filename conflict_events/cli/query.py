"""conflict-events query"""

from __future__ import annotations

import sys

import click

from conflict_events.query.render import FORMATS


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sql")
@click.option("--data", "-d", multiple=True, metavar="PATH", help="Your own Parquet file(s), glob or folder instead.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)
def command(sql: str, data: tuple[str, ...], format_: str) -> None:
    """Answer SQL (DuckDB's) over the tables and macros; `-` reads it from standard input.

    \b
    Examples:
      conflict-events query "SELECT country, count(*) FROM events GROUP BY ALL"
      conflict-events query "FROM events_within(36.34, 43.13, 50)" --format csv
      conflict-events query "FROM events" --data my_events.parquet
    """
    from conflict_events.query import sql as run
    from conflict_events.query.render import render

    text = sys.stdin.read() if sql == "-" else sql
    render(run(text, source=list(data) or None), format_, sys.stdout)
