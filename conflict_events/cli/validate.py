"""conflict-events validate"""

from __future__ import annotations

import click

from conflict_events import schema
from conflict_events.quality import AUTO, ENGINES


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--suite", type=click.Choice([*schema.SUITES]), default="core", show_default=True, help="Which rules.")
@click.option("--table", metavar="NAME", help="Which table the files are, where they do not say.")
@click.option("--engine", type=click.Choice((AUTO, *ENGINES)), default=AUTO, show_default=True)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--examples", type=click.IntRange(0), default=3, show_default=True, help="Failures shown for each rule.")
@click.option("--memory-limit", metavar="SIZE", help="Most memory for the engine, for example 512MB.")
def command(
    files: tuple[str, ...],
    suite: str,
    table: str | None,
    engine: str,
    format_: str,
    examples: int,
    memory_limit: str | None,
) -> None:
    """Check Parquet or CSV files, globs or folders against the rules; exit 1 where a rule of severity error failed.

    \b
    Examples:
      conflict-events validate my_events.parquet
      conflict-events validate out/ --suite release --format json
    """
    from conflict_events.quality import validate

    result = validate(list(files), table=table, suite=suite, engine=engine, memory_limit=memory_limit)
    click.echo(result.to_json() if format_ == "json" else result.to_text(examples), nl=False)
    if not result.ok:
        raise click.exceptions.Exit(1)
