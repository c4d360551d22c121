"""conflict-events convert"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from conflict_events.cli.progress import progress
from conflict_events.converters.formats import FORMATS

SHOWN = (
    "event_id",
    "event_subtype",
    "date_start",
    "date_end",
    "place_name",
    "country",
    "side_a",
    "side_b",
    "deaths_best",
)


def _plausible(ctx: click.Context, parameter: click.Parameter, value: datetime | None) -> datetime | None:
    if value is not None and not 1900 <= value.year <= 2100:
        raise click.BadParameter(f"{value:%Y-%m-%d} is no day of publication.", ctx, parameter)
    return value


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="NAME.parquet, or a folder.")
@click.option("--source-format", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option("--format", "format_", type=click.Choice(("table", "jsonl")), help="What to print without -o.")
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), callback=_plausible, help="Publication date, over the text's."
)
@click.option("--url", help="Address of the article, over what the text says.")
@click.option(
    "--records", type=click.Path(path_type=Path), metavar="DIR", help="Add the result to record files for review."
)
def command(
    sources: tuple[Path, ...],
    output: Path | None,
    source_format: str,
    format_: str | None,
    published: datetime | None,
    url: str | None,
    records: Path | None,
) -> None:
    """Turn articles (.txt, .html) into events, reports, casualties and sources.

    With -o NAME.parquet the events are written; with -o FOLDER every table; beside it OUT.loss.json, which
    accounts for every input. Without -o the events are printed. Exit 1 where an input was set aside.

    \b
    Examples:
      conflict-events convert article.txt
      conflict-events convert articles/*.txt -o out/
      conflict-events convert article.html --published 2017-05-16 --format jsonl
    """
    from conflict_events.converters import convert
    from conflict_events.converters import output as written

    if output and format_:
        raise click.UsageError("-o writes files and --format prints: give one of them.")
    day = published.date() if published else None
    with progress(len(sources), "converting") as step:
        conversion = convert(sources, source_format, published=day, url=url, on_input=step)
    if output:
        written.write(conversion, output)
    if records:
        from conflict_events.dataset.records import add

        add(records, {name: table.to_pylist() for name, table in conversion.tables.items()})
    if not (output or records):
        if format_ == "jsonl":
            for line in written.jsonl(conversion):
                click.echo(line)
        else:
            _print(conversion.tables["events"])
    for note in conversion.loss.notes:
        click.echo(f"{note.file}: {note.message}", err=True)
    for one in conversion.loss.set_aside:
        click.echo(f"{one.file}: set aside: {one.reason}", err=True)
    click.echo(conversion.loss.to_text(), err=True)
    if conversion.loss.set_aside:
        raise click.exceptions.Exit(1)


def _print(events: object) -> None:
    import duckdb

    from conflict_events.query.render import render

    con = duckdb.connect()
    con.register("converted", events)
    render(con.sql(f"SELECT {', '.join(SHOWN)} FROM converted"), "table", sys.stdout)
