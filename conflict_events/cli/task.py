"""conflict-events task"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from conflict_events.ml.tasks import Task

TASKS = ("deaths", "subtype", "same-event")
MONTH = click.DateTime(("%Y-%m",))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", type=click.Choice(TASKS), metavar="NAME")
@click.option("-d", "--data", multiple=True, metavar="SOURCE", help="Your own files; for deaths always.")
@click.option("--first", type=MONTH, metavar="YYYY-MM", help="deaths: the first month of the panel.")
@click.option("--cut", type=MONTH, metavar="YYYY-MM", help="deaths: the first month of the test part.")
@click.option("--last", type=MONTH, metavar="YYYY-MM", help="deaths: the last month.")
@click.option("--horizon", type=click.IntRange(1), default=1, show_default=True, help="deaths: months ahead.")
@click.option(
    "--lag", type=click.IntRange(0), default=0, show_default=True, help="deaths: months until they are known."
)
@click.option("--country", multiple=True, metavar="ISO3", help="deaths: what the files cover.  [default: the world]")
@click.option(
    "--format", "format_", type=click.Choice(("table", "json", "csv", "markdown")), default="table", show_default=True
)
def command(
    name: str,
    data: tuple[str, ...],
    first: datetime | None,
    cut: datetime | None,
    last: datetime | None,
    horizon: int,
    lag: int,
    country: tuple[str, ...],
    format_: str,
) -> None:
    """Run the baselines of a ready task: what a model must beat.

    NAME is deaths (of a PRIO-GRID cell in a month, of your UCDP GED files), subtype (the kind of an event, from columns
    that do not tell it) or same-event (which reports describe the same event). What the parts are goes to stderr, the
    metrics of each baseline to stdout. Needs scikit-learn.

    \b
    Examples:
      conflict-events task subtype
      conflict-events task same-event --format markdown
      conflict-events task deaths -d ged.parquet --first 2000-01 --cut 2015-01 --last 2018-12
    """
    import pyarrow as pa

    from conflict_events.ml.tasks import same_event, subtype
    from conflict_events.query.render import render

    source = list(data) or None
    if name == "deaths":
        if not (data and first and cut and last):
            raise click.UsageError("deaths needs --data, --first, --cut and --last.")
        task = _deaths(data, first.date(), cut.date(), last.date(), horizon, lag, country)
    elif first or cut or last or country:
        raise click.UsageError(f"--first, --cut, --last and --country are of the task deaths, not of {name}.")
    else:
        task = subtype(source) if name == "subtype" else same_event(source)
    click.echo(f"{name}: {task.about}", err=True)
    rows = [
        {"baseline": baseline, **{metric: round(value, 4) for metric, value in scores.items()}}
        for baseline, scores in task.table().items()
    ]
    render(pa.Table.from_pylist(rows), format_, sys.stdout)


def _deaths(
    data: tuple[str, ...], first: date, cut: date, last: date, horizon: int, lag: int, country: tuple[str, ...]
) -> Task:
    from conflict_events.ml.coverage import UCDP_GED, Coverage
    from conflict_events.ml.tasks import deaths

    covered = [Coverage(first, last, one) for one in country] or UCDP_GED
    return deaths(
        list(data), first=first, cut=cut, last=last, coverage=covered, horizon=horizon, lag=lag, origin="ucdp_ged"
    )
