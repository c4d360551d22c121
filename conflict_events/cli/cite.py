"""conflict-events cite"""

from __future__ import annotations

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--format", "format_", type=click.Choice(("text", "bibtex")), default="text", show_default=True)
def command(format_: str) -> None:
    """How to cite the dataset: the release that is installed, with its version.

    Example: conflict-events cite --format bibtex
    """
    from conflict_events.dataset.cite import cite

    click.echo(cite(format_))
