"""conflict-events diff"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflict_events.errors import UsageError

if TYPE_CHECKING:
    from conflict_events.dataset.diff import Diff

FORMATS = ("text", "json", "markdown", "parquet")
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("old")
@click.argument("new")
@click.option("--table", metavar="NAME", help="Which table the files are, where they do not say.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Of the output [by the name of -o, else text].")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here; parquet needs it.")
@click.option("--examples", type=click.IntRange(0), default=3, show_default=True, help="Examples of each change.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day that OLD covers [the end of its latest event's year]."
)
@click.option("--exit-code", is_flag=True, help="Exit 1 where the data differ.")
@click.option("--memory-limit", metavar="SIZE", help="Most memory for the engine, for example 512MB.")
def command(
    old: str,
    new: str,
    table: str | None,
    format_: str | None,
    output: Path | None,
    examples: int,
    until: datetime | None,
    exit_code: bool,
    memory_limit: str | None,
) -> None:
    """What was added, withdrawn and revised between two releases; or what changed between two versions of the schema.

    OLD and NEW are Parquet or CSV files, or folders of tables, compared by key. Exit 0 when the comparison ran; with
    --exit-code 1 where the data differ.

    Where OLD and NEW are schema versions (1.0.0) or schema documents (.json), each change is breaking, additive or a
    patch. Exit 1 where the new version number is too small for its changes.

    \b
    Examples:
      conflict-events diff release-2026.11/ release-2027.01/
      conflict-events diff ged251.parquet ged261.parquet --format markdown --examples 5
      conflict-events diff old.parquet new.parquet -o changes.parquet
      conflict-events diff 1.0.0 1.1.0
    """
    kind = _kind(output, format_)
    if _is_schema(old) or _is_schema(new):
        if not (_is_schema(old) and _is_schema(new)):
            raise UsageError("a schema is compared with a schema, data with data: give two of one kind")
        if kind == "parquet":
            raise UsageError("the changes of a schema are written as text, json or markdown")
        from conflict_events.cli.diff_schema import compare

        compare(old, new, kind, output)
        return
    if kind == "parquet" and output is None:
        raise UsageError("parquet is not for the terminal: add -o NAME.parquet, or -o FOLDER")
    _refuse_overwriting(old, new, kind, output)
    from conflict_events.dataset.diff import diff

    found = diff(old, new, table, until=until.date() if until else None, memory_limit=memory_limit)
    _write(found, kind, output, examples)
    if exit_code and found.differs:
        raise click.exceptions.Exit(1)


def _kind(output: Path | None, asked: str | None) -> str:
    """The format asked for, else the one that the output's name says, else text."""
    from conflict_events.dataset.diff.formats import SUFFIXES

    if asked is not None:
        return asked
    if output is None:
        return "text"
    if output.is_dir():
        return "parquet"
    return SUFFIXES.get(output.suffix.lower(), "text")


def _is_schema(given: str) -> bool:
    """Whether it is a version number that names no file, or a .json document."""
    path = Path(given)
    return (VERSION.fullmatch(given) is not None and not path.exists()) or path.suffix.lower() == ".json"


def _write(found: Diff, kind: str, output: Path | None, examples: int) -> None:
    from conflict_events import swap
    from conflict_events.dataset.diff.formats.json import write_json
    from conflict_events.dataset.diff.formats.parquet import write_parquet

    if kind == "parquet":
        assert output is not None
        write_parquet(found, output)
    elif kind == "json" and output is None:
        write_json(found, sys.stdout)
    else:
        text = found.to_json() if kind == "json" else _readable(found, kind, examples)
        if output is None:
            click.echo(text, nl=False)
        else:
            swap.text_file(output, text)


def _readable(found: Diff, kind: str, examples: int) -> str:
    return found.to_markdown(examples) if kind == "markdown" else found.to_text(examples)


def _refuse_overwriting(old: str, new: str, kind: str, output: Path | None) -> None:
    """UsageError where the output would take the place of an input."""
    from conflict_events import files, schema

    if output is None:
        return
    outs = {output.resolve()}
    if kind == "parquet" and output.suffix.lower() != files.PARQUET:
        outs |= {(output / f"{table.name}{files.PARQUET}").resolve() for table in schema.TABLES}
    for given in (old, new):
        for path in (Path(given), *files.expand(given, (files.PARQUET, ".csv", ".tsv"))):
            if path.resolve() in outs:
                raise UsageError(f"{output} is an input of this very call and would be overwritten: name another")
