"""The command line's reference page, made from the commands' own help."""

from __future__ import annotations

from importlib import import_module

import click

from conflict_events import cli

_INTRO = """# Command line

Results go to standard output; progress and messages go to standard error. Exit codes: 0 good, 1 the data is bad, 2 the call is
wrong, 3 a fault of ours. Made from `conflict-events COMMAND --help`.
"""


def markdown() -> str:
    """Every command and subcommand with its options and examples."""
    sections = [_INTRO]
    for name in cli.COMMANDS:
        command: click.Command = import_module(f"conflict_events.cli.{name}").command
        context = click.Context(command, info_name=f"conflict-events {name}", max_content_width=100, terminal_width=100)
        sections.append(_section(command, context))
        if isinstance(command, click.Group):
            for sub, child in command.commands.items():
                inner = click.Context(
                    child, info_name=f"conflict-events {name} {sub}", max_content_width=100, terminal_width=100
                )
                sections.append(_section(child, inner))
    return "\n".join(sections)


def _section(command: click.Command, context: click.Context) -> str:
    return f"## {context.info_name}\n\n```text\n{command.get_help(context)}\n```\n"
