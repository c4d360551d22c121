"""The command line's reference page, made from the commands' own help."""

from __future__ import annotations

from importlib import import_module

import click

from conflict_events import cli

_INTRO = """# Command line

Results go to standard output; progress and messages go to standard error. Exit codes: 0 good, 1 the data is bad,
2 the call is wrong, 3 a fault of ours. Made from `conflict-events COMMAND --help`.
"""


def markdown() -> str:
    """Every command and subcommand with its options and examples."""
    sections = [_INTRO]
    for name in cli.COMMANDS:
        command: click.Command = import_module(f"conflict_events.cli.{name}").command
        sections.append(_section(command, f"conflict-events {name}"))
        if isinstance(command, click.Group):
            sections.extend(_section(child, f"conflict-events {name} {sub}") for sub, child in command.commands.items())
    return "\n".join(sections)


def _section(command: click.Command, name: str) -> str:
    context = click.Context(
        command, info_name=name, max_content_width=100, terminal_width=100, **command.context_settings
    )
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"
