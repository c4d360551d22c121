"""conflict-events review"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from conflict_events.cli.convert import plausible
from conflict_events.cli.progress import progress


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[ARTICLE... | SHEET...]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Where the sheets go.")
@click.option("--apply", "apply_", is_flag=True, help="Write what the sheets decide into the records.")
@click.option("--same", nargs=2, multiple=True, metavar="KEEP OTHER", help="Make two events of the records one.")
@click.option(
    "--records",
    type=click.Path(path_type=Path),
    default=Path("data/records"),
    show_default=True,
    metavar="DIR",
    help="The records.",
)
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), callback=plausible, help="Publication date, over the text's."
)
@click.option("--url", help="Address of the article, over what the text says.")
@click.option("--extractor", metavar="NAME[:MODEL]", default="rules", help="What reads articles: rules [the default].")
def command(
    files: tuple[Path, ...],
    output: Path | None,
    apply_: bool,
    same: tuple[tuple[str, str], ...],
    records: Path,
    published: datetime | None,
    url: str | None,
    extractor: str,
) -> None:
    """Bring articles into the records, or correct which events are one.

    First each ARTICLE becomes a sheet (TOML): its events with their sentences, and beside each the events of the
    records that may be the same, with the linker's reasons. You mend the sheet and decide each event: new, the same
    as one that is there, or none. Then --apply writes the records, all sheets or nothing. `conflict-events build`
    checks them and makes the release.

    Without -o the sheet of one article is printed.

    \b
    Examples:
      conflict-events review article.txt -o sheets/
      conflict-events review --apply sheets/article.toml
      conflict-events review --same ce-000012 ce-000345
    """
    if apply_ and same:
        raise click.UsageError("--apply and --same are two steps: give one of them.")
    if apply_ or same:
        for name, value in (("-o", output), ("--published", published), ("--url", url)):
            if value is not None:
                raise click.UsageError(f"{name} goes with articles only.")
    if same:
        if files:
            raise click.UsageError("--same takes two ids and no file.")
        _join(records, same)
    elif not files:
        raise click.UsageError("name an article, or a sheet with --apply.")
    elif apply_:
        _apply(files, records)
    else:
        _propose(files, output, records, published, url, extractor)


def _propose(
    articles: tuple[Path, ...],
    output: Path | None,
    folder: Path,
    published: datetime | None,
    url: str | None,
    extractor: str,
) -> None:
    from conflict_events import swap
    from conflict_events.dataset.records import read
    from conflict_events.dataset.review import propose
    from conflict_events.dataset.review.sheet import to_text

    for article in articles:
        if article.suffix.lower() == ".toml":
            raise click.UsageError(f"{article} is a sheet: write it into the records with --apply.")
    if len(articles) > 1 and url:
        raise click.UsageError("--url is of one article: give one.")
    if output is None and len(articles) > 1:
        raise click.UsageError("several articles make several sheets: name a folder with -o.")
    if output is not None:
        _refuse_taken(articles, output)
    texts = {}
    known = read(folder)
    with progress(len(articles), "reading") as step:
        for article in articles:
            sheet = propose(
                article, known, published=published.date() if published else None, url=url, extractor=extractor
            )
            texts[sheet.name] = to_text(sheet, article.name)
            open_ = sum(not event.decision for event in sheet.events)
            count = len(sheet.events)
            click.echo(f"{article.name}: {count} {'event' if count == 1 else 'events'}, {open_} to decide", err=True)
            step()
    if output is None:
        click.echo("".join(texts.values()), nl=False)
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        swap.text_file(output / name, text)


def _refuse_taken(articles: tuple[Path, ...], output: Path) -> None:
    """A sheet that is there may have been worked on, and two articles of one name would share a sheet."""
    if output.is_file():
        raise click.UsageError(f"{output} is a file: name a folder.")
    names = [f"{article.stem}.toml" for article in articles]
    for name in names:
        if names.count(name) > 1:
            raise click.UsageError(f"two articles would make the sheet {name}: rename one.")
        if (output / name).exists():
            raise click.UsageError(f"{output / name} is there: apply it, or move it away.")


def _apply(sheets: tuple[Path, ...], folder: Path) -> None:
    from conflict_events.dataset.review import apply
    from conflict_events.dataset.review.sheet import read

    applied = apply([read(sheet) for sheet in sheets], folder)
    click.echo(applied.to_text())
    _next()


def _join(folder: Path, same: tuple[tuple[str, str], ...]) -> None:
    from conflict_events.dataset.review import join

    for keep, other in same:
        files = join(folder, keep, [other])
        click.echo(f"{other} is now an account of {keep}: {len(files)} files of the records written")
    _next()


def _next() -> None:
    if sys.stderr is not None:
        click.echo("next: conflict-events build", err=True)
