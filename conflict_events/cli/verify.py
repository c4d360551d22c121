"""conflict-events verify"""

from __future__ import annotations

from pathlib import Path

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("event_id", required=False)
@click.option("--text", type=click.Path(path_type=Path), metavar="FILE", help="The article, as text, that you have.")
@click.option("--release", type=click.Path(path_type=Path), metavar="DIR", help="A release [the installed one].")
def command(event_id: str | None, text: Path | None, release: Path | None) -> None:
    """Check every file of the release against its manifest; or an event's evidence against an article you have.

    No article text is shipped: each report carries the hash of the sentence it rests on, which is looked for in
    your text however it is laid out. Exit 1 where a check fails.

    \b
    Examples:
      conflict-events verify
      conflict-events verify ce-000001 --text article.txt
    """
    from conflict_events.dataset import verify as checks

    if event_id is None:
        if text is not None:
            raise click.UsageError("--text needs an EVENT_ID.")
        problems = checks.verify(release)
        for problem in problems:
            click.echo(problem.message)
        if problems:
            raise click.exceptions.Exit(1)
        click.echo("the release is whole: every file is as the manifest says")
        return
    if text is None:
        raise click.UsageError("an event is checked against an article: give it with --text FILE.")
    found = checks.verify_event(event_id, _read(text), release)
    for report in found:
        click.echo(report.message)
    if not any(report.found for report in found):
        raise click.exceptions.Exit(1)


def _read(path: Path) -> str:
    from conflict_events.converters.decode import decode
    from conflict_events.errors import BadDataError, UsageError

    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    try:
        return decode(path.read_bytes()).text
    except BadDataError as error:
        raise BadDataError(f"{path}: {error}") from error
