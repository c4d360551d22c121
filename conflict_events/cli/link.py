"""conflict-events link"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from conflict_events.cli.progress import progress

FORMATS = ("table", "json", "csv")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="NAME.parquet, or a folder.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="What to print without -o.  [default: table]")
@click.option("--km", type=float, default=10.0, show_default=True, help="Room in space, beyond the precision.")
@click.option("--days", type=int, default=2, show_default=True, help="Room in time, beyond the dates' span.")
@click.option("--threshold", type=float, default=0.5, show_default=True, help="Least score of a link, 0 to 1.")
@click.option("--cluster", is_flag=True, help="Set event_cluster_id: groups with one event of an origin at most.")
@click.option("--all-pairs", is_flag=True, help="Give every pair, not each event's best.")
@click.option("--longest", type=int, default=31, show_default=True, help="Leave out events that span more days.")
@click.option("--within", is_flag=True, help="Compare events of one origin too: duplicates.")
@click.option("--claims", is_flag=True, help="Let machine-coded claims in.")
@click.option("--across-levels", is_flag=True, help="Compare aggregates with incidents.")
@click.option("--recluster", is_flag=True, help="With --cluster: forget the clusters that the events have.")
@click.option("--memory-limit", metavar="SIZE", help="Most memory for the engine, for example 512MB.")
def command(
    files: tuple[str, ...],
    output: Path | None,
    format_: str | None,
    km: float,
    days: int,
    threshold: float,
    cluster: bool,
    all_pairs: bool,
    longest: int,
    within: bool,
    claims: bool,
    across_levels: bool,
    recluster: bool,
    memory_limit: str | None,
) -> None:
    """Find events of different origins that may be the same event, with a score and the reasons.

    FILE... are Parquet files or folders of events. Nothing is merged: the links are printed, or written with -o. With
    --cluster a folder OUT gets links.parquet and events.parquet, whose event_cluster_id lets the macros count each
    cluster once. The score orders pairs; it is no calibrated probability.

    \b
    Examples:
      conflict-events link ucdp.parquet acled.parquet
      conflict-events link ucdp.parquet acled.parquet --km 25 --days 3 -o links.parquet
      conflict-events link ucdp.parquet acled.parquet --cluster -o linked/
    """
    if output and format_:
        raise click.UsageError("-o writes files and --format prints: give one of them.")
    if cluster and all_pairs:
        raise click.UsageError("--cluster and --all-pairs are two ways to choose links: give one of them.")
    if cluster and not output:
        raise click.UsageError("--cluster writes links and events: name a folder with -o.")
    from conflict_events.files import PARQUET, expand
    from conflict_events.linking import link
    from conflict_events.linking import output as written

    if output:
        written.check(output, cluster, [path for name in files for path in expand(name, (PARQUET,))])
    # how many portions there are is known only once the pairs are counted, so the bar is of hundredths
    with progress(100, "linking") as step:
        shown = 0

        def on_portion(done: int, portions: int) -> None:
            nonlocal shown
            while shown < 100 * done // portions:
                shown += 1
                step()

        linked = link(
            list(files),
            km=km,
            days=days,
            threshold=threshold,
            method="clusters" if cluster else "candidates" if all_pairs else "one_to_one",
            longest=longest,
            within=within,
            claims=claims,
            across_levels=across_levels,
            recluster=recluster,
            memory_limit=memory_limit,
            on_portion=on_portion,
        )
    if output:
        written.write(linked, output)
    else:
        from conflict_events.query.render import render

        render(linked.links, format_ or "table", sys.stdout)
    click.echo(linked.summary.to_text(), err=True)
