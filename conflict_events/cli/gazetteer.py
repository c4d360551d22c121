"""conflict-events gazetteer import|info|remove"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from conflict_events.cli.progress import progress

_CONTEXT = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=_CONTEXT)
def command() -> None:
    """The places that articles are located by: those of the package, and those you import from GeoNames.

    Example: conflict-events gazetteer info
    """


@command.command(name="import", context_settings=_CONTEXT)
@click.argument("dumps", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DUMP...")
@click.option("--countries", metavar="LIST", help="Keep these countries only, as SYR,IRQ.  [default: all]")
@click.option("--classes", default="P,A", show_default=True, help="P: populated places; A: provinces and districts.")
@click.option("--force", is_flag=True, help="Replace the gazetteer that was imported before.")
def import_(dumps: tuple[Path, ...], countries: str | None, classes: str, force: bool) -> None:
    """Take places from GeoNames' files, for `convert` to find before the package's own.

    DUMP... are files of https://download.geonames.org/export/dump/: SY.zip, allCountries.zip, cities500.zip, or the
    .txt in it. Of a place that the package has too, by its GeoNames id, the imported row counts. The gazetteer is
    kept in your data folder, or in the folder that CONFLICT_EVENTS_GAZETTEER names.

    \b
    Examples:
      conflict-events gazetteer import SY.zip IQ.zip
      conflict-events gazetteer import allCountries.zip --countries SYR,IRQ,LBN --force
    """
    from conflict_events.converters.articles.gazetteer import imported
    from conflict_events.converters.articles.gazetteer.importing import import_dumps

    total = sum(path.stat().st_size for path in dumps if path.is_file())
    with progress(total, "importing") as step:
        account = import_dumps(
            dumps,
            countries=None if countries is None else _listed(countries),
            classes=_listed(classes),
            force=force,
            on_bytes=step,
        )
    click.echo(account.to_text())
    click.echo(account.path)
    click.echo(imported.ATTRIBUTION)


def _listed(text: str) -> list[str]:
    return [part.strip().upper() for part in text.split(",") if part.strip()]


@command.command(context_settings=_CONTEXT)
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True)
def info(format_: str) -> None:
    """Which gazetteer is used: places by country, of the package and imported, and the imported file.

    Example: conflict-events gazetteer info --format json
    """
    found = _info()
    if format_ == "json":
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    click.echo(f"{'shipped':10}{found['shipped']:,} places in {found['shipped_countries']} countries")
    own = found["imported"]
    if own is None:
        click.echo(f"{'imported':10}none (it would be in {found['folder'] or 'the folder that is named by you'})")
    else:
        click.echo(
            f"{'imported':10}{own['places']:,} places in {own['countries']} countries, {own['divisions']:,} divisions"
        )
        click.echo(f"{'file':10}{own['file']}")
        click.echo(
            f"{'made of':10}{', '.join(own['sources'])}, changed last on {own['latest_change'] or 'no known day'}"
        )
        click.echo(f"{'on':10}{own['imported_at']}")
        click.echo(f"{'digest':10}{own['digest']}")
    click.echo()
    click.echo("country   shipped  imported      used")
    for country, row in found["countries"].items():
        click.echo(f"{country:7}{row['shipped']:>10,}{row['imported']:>10,}{row['used']:>10,}")
    click.echo()
    click.echo(found["attribution"])


def _info() -> dict[str, Any]:
    from conflict_events.converters.articles import gazetteer
    from conflict_events.converters.articles.gazetteer import imported

    own = gazetteer.user()
    rows: dict[str, dict[str, int]] = {}
    for country in gazetteer.countries():
        ids = gazetteer.shipped_ids(country)
        number = own.countries.get(country, 0) if own else 0
        both = sum(own.place(country, one) is not None for one in ids) if own and number else 0
        rows[country] = {"shipped": len(ids), "imported": number, "used": len(ids) + number - both}
    told: dict[str, Any] | None = None
    if own is not None:
        changed = datetime.fromtimestamp(own.path.stat().st_mtime, UTC)
        told = {
            "file": str(own.path),
            "places": sum(own.countries.values()),
            "countries": len(own.countries),
            "imported_at": changed.strftime("%Y-%m-%d %H:%M UTC"),
            **own.told,
        }
    folder = imported.folder()
    return {
        "shipped": sum(row["shipped"] for row in rows.values()),
        "shipped_countries": sum(row["shipped"] > 0 for row in rows.values()),
        "folder": None if folder is None else str(folder),
        "imported": told,
        "countries": rows,
        "attribution": imported.ATTRIBUTION,
    }


@command.command(context_settings=_CONTEXT)
def remove() -> None:
    """Delete the imported gazetteer: the package's places alone are used from then on.

    Example: conflict-events gazetteer remove
    """
    from conflict_events.converters.articles.gazetteer.importing import remove as delete

    path = delete()
    click.echo("no gazetteer was imported: nothing to remove" if path is None else f"removed {path}")
