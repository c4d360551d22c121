"""conflict-events info"""

from __future__ import annotations

import json

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True)
def command(format_: str) -> None:
    """What is installed: package, schema and data versions, where the files are, and rows by table.

    Example: conflict-events info --format json
    """
    from conflict_events import __version__, resources, schema
    from conflict_events.dataset.release import manifest

    release = manifest()
    rows = {file.table: file.rows for file in release.files}
    versions = {"package": __version__, "schema": schema.VERSION, "release": release.version}
    if format_ == "json":
        click.echo(json.dumps({**versions, "path": str(resources.release()), "rows": rows}, indent=1))
        return
    for name, version in versions.items():
        click.echo(f"{name:9}{version}")
    click.echo(f"{'files':9}{resources.release()}")
    click.echo()
    for table in schema.TABLES:
        click.echo(f"{table.name:24}{rows.get(table.name, 0):>8,}  {table.description}")
