"""conflict-events schema show|export|check"""

from __future__ import annotations

import json
from pathlib import Path

import click

_CONTEXT = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=_CONTEXT)
def command() -> None:
    """Show, export or check the schema and its rules.

    Example: conflict-events schema show CE203
    """


@command.command(context_settings=_CONTEXT)
@click.argument("name", required=False)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
def show(name: str | None, format_: str) -> None:
    """Show a table (events), a column (events.country), a rule (CE203) or a vocabulary; without a name, the list.

    \b
    Examples:
      conflict-events schema show events
      conflict-events schema show CE203 --format json
    """
    from conflict_events.cli.describe import describe

    found = describe(name)
    click.echo(json.dumps(found.data, indent=1, ensure_ascii=False) if format_ == "json" else found.text)


@command.command(context_settings=_CONTEXT)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where to [the checkout's root].")
@click.option("--freeze", is_flag=True, help="Also freeze the declaration as this schema version.")
def export(output: Path | None, freeze: bool) -> None:
    """Write what is generated from the declaration: validation/ and the reference pages.

    Example: conflict-events schema export -o generated/
    """
    from conflict_events.cli import artefacts
    from conflict_events.errors import BadDataError
    from conflict_events.schema import freeze as frozen

    if freeze:
        path = frozen.frozen_path()
        if path.is_file() and path.read_text(encoding="utf-8") != frozen.text():
            raise BadDataError(f"{path.name} is frozen and differs: give the declaration a new VERSION first")
        path.write_text(frozen.text(), encoding="utf-8", newline="\n")
        click.echo(path)
    for changed in artefacts.write(output or _root()):
        click.echo(changed)


@command.command(context_settings=_CONTEXT)
def check() -> None:
    """Fail where the declaration changed without its version, or a generated file is stale.

    Example: conflict-events schema check
    """
    from conflict_events.cli import artefacts

    problems = artefacts.stale(_root())
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(1)


def _root() -> Path:
    from conflict_events import resources
    from conflict_events.errors import UsageError

    root = resources.checkout()
    if root is None:
        raise UsageError("an installed package has no checkout to write to: say where with -o DIR, or work in a clone")
    return root
