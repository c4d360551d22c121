"""conflict-events build"""

from __future__ import annotations

from pathlib import Path

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--records", type=click.Path(path_type=Path), metavar="DIR", help="Reviewed records [data/records].")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="The release [data/release].")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The release before: sets release labels by what changed, and keeps superseded rows in events_history.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where the release is not what the records make.")
def command(records: Path | None, output: Path | None, previous: Path | None, check: bool) -> None:
    """Build the release from the reviewed records: validated, then Parquet and metadata for every table.

    The same records give the same content digest on any machine. A release that breaks a rule is refused, and a
    run that dies leaves the old one whole.

    \b
    Examples:
      conflict-events build
      conflict-events build --records my/records -o my/release
      conflict-events build --previous release-2026.11/ -o release-2026.12/
    """
    import tempfile

    from conflict_events import resources
    from conflict_events.dataset.build import build
    from conflict_events.dataset.release import manifest
    from conflict_events.errors import BadDataError, UsageError

    source = records or resources.records()
    root = resources.checkout()
    if output is None and root is None:
        raise UsageError("an installed package is not built in place: say where with -o DIR")
    target = output or Path(str(root)) / "data" / "release"
    if check:
        with tempfile.TemporaryDirectory() as folder:
            made = build(source, Path(folder) / "release", previous=previous)
            there = manifest(target)
        if made.digest != there.digest:
            raise BadDataError(f"{target} is not what {source} makes: run `conflict-events build`")
        click.echo(f"{target} is what {source} makes ({made.digest})")
        return
    made = build(source, target, previous=previous)
    click.echo(f"{target}: release {made.version}, schema {made.schema_version}, digest {made.digest}")
