"""conflict-events migrate"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from conflict_events.errors import UsageError


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@click.option("--to", required=True, metavar="VERSION", help="The schema version to bring the files to.")
@click.option("--from", "from_version", metavar="VERSION", help="Their version, where they do not say it.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="NAME.parquet, or a folder [NAME.VERSION]."
)
@click.option("--accept-loss", is_flag=True, help="Exit 0 where values are lost; replace an input all the same.")
def command(
    sources: tuple[str, ...], to: str, from_version: str | None, output: Path | None, accept_loss: bool
) -> None:
    """Bring Parquet files to another version of the schema, up or down.

    The result is NAME.VERSION.parquet beside each file, or what -o names; beside it OUT.loss.json says what was lost.
    An input is replaced only where -o names it. Exit 1 where values were lost, unless --accept-loss.

    \b
    Examples:
      conflict-events migrate events.parquet --to 1.1.0
      conflict-events migrate release/*.parquet --to 1.0.0 -o older/
    """
    from conflict_events import files, swap
    from conflict_events.dataset import migrate as migrating
    from conflict_events.dataset.schema_documents import document, versions

    paths = files.once([path for one in sources for path in files.expand(one, (files.PARQUET,))])
    single = output is not None and output.suffix.lower() == files.PARQUET and not output.is_dir()
    if single and len(paths) > 1:
        raise UsageError(f"{output} is one file and {len(paths)} are given: name a folder with -o")
    documents = [document(version) for version in versions()]
    outputs = [_named(path, to, output, single) for path in paths]
    if len({out.resolve() for out in outputs}) < len(outputs):
        raise UsageError("two of the files have one name: bring them to the version one at a time")
    inputs = {path.resolve(): path for path in paths}
    for path, out in zip(paths, outputs, strict=True):
        if out.resolve() != path.resolve() and out.resolve() in inputs:
            raise UsageError(f"{out} is a file of this very call, and {path} would take its place: leave one out")
    found = []
    for path, out in zip(paths, outputs, strict=True):
        done = migrating.migrate(path, out, to, documents, from_version=from_version, accept_loss=accept_loss)
        found.append(done)
        click.echo(done.to_text(), err=True)
        if done.output is not None:
            click.echo(done.output)
        elif done.losses and done.new_table is not None:
            click.echo(f"{path} is left as it was: --accept-loss replaces it", err=True)
        if output is None or single:
            swap.text_file(out.with_name(f"{out.name}.loss.json"), done.to_json())
    if output is not None and not single:
        text = json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False) + "\n"
        swap.text_file(output.with_name(f"{output.name}.loss.json"), text)
    if any(one.losses for one in found) and not accept_loss:
        raise click.exceptions.Exit(1)


def _named(path: Path, to: str, output: Path | None, single: bool) -> Path:
    if output is None:
        return path.with_name(f"{path.stem}.{to}.parquet")
    return output if single else output / path.name
