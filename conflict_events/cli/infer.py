"""conflict-events validate --infer: what it prints and writes."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from conflict_events.errors import UsageError

MAPPING = "mapping.toml"


def infer(files: tuple[str, ...], table: str | None, output: str | None) -> None:
    """Propose a mapping for one file, to standard output or a new file; the next command goes to standard error.

    Raises UsageError for several files, and for an output that is there already: someone may have mended it.
    """
    from conflict_events.quality.infer import propose

    if len(files) != 1:
        raise UsageError("--infer proposes a mapping from one file: give one")
    if output is not None and Path(output).exists():
        raise UsageError(f"{output} is there already: give another name with -o, or remove it")
    proposed = propose(files[0], table)
    file = shlex.quote(files[0])
    if output is None:
        click.echo(proposed, nl=False)
        click.echo(f"next: conflict-events validate {file} --infer -o {MAPPING}", err=True)
        return
    Path(output).write_text(proposed, encoding="utf-8", newline="\n")
    click.echo(
        f"{output} is written. Look it over, then: conflict-events validate {file} --mapping {shlex.quote(output)}",
        err=True,
    )
