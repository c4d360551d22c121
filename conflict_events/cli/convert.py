"""conflict-events convert"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conflict_events.cli.progress import progress
from conflict_events.converters.formats import ARTICLE, FORMATS

if TYPE_CHECKING:
    from conflict_events.converters.conversion import Loss

SHOWN = {
    "events": (
        "event_id",
        "event_subtype",
        "date_start",
        "date_end",
        "place_name",
        "country",
        "side_a",
        "side_b",
        "deaths_best",
    ),
    "reports": ("report_id", "event_id", "source_id", "claim_kind", "date_start"),
}
ROWS = 20
"""Rows of a dataset that are printed; articles have few, and all of theirs are."""
NAMED = 20
"""Rows set aside that are named on standard error; the loss report has all."""


def plausible(ctx: click.Context, parameter: click.Parameter, value: datetime | None) -> datetime | None:
    """A day of publication that an article can have; for other commands too."""
    if value is not None and not 1900 <= value.year <= 2100:
        raise click.BadParameter(f"{value:%Y-%m-%d} is no day of publication.", ctx, parameter)
    return value


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="NAME.parquet, or a folder.")
@click.option("--source-format", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option("--source-version", metavar="RELEASE", help="Release of the dataset, over what the file's name says.")
@click.option("--format", "format_", type=click.Choice(("table", "jsonl")), help="What to print without -o.")
@click.option("--strict", is_flag=True, help="Take any row set aside or merged for an error: write nothing.")
@click.option("--memory-limit", metavar="SIZE", help="About how much memory to take, 350MB or more.")
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), callback=plausible, help="Publication date, over the text's."
)
@click.option("--url", help="Address of the article, over what the text says.")
@click.option("--extractor", metavar="NAME[:MODEL]", help="What reads articles: rules [the default], or llm:MODEL.")
@click.option("--lexicon", type=click.Path(path_type=Path), metavar="DIR", help="Words, actors and places of your own.")
@click.option(
    "--explain", is_flag=True, help="Print of each event the sentences, the rules and where a column is from."
)
@click.option(
    "--records", type=click.Path(path_type=Path), metavar="DIR", help="Add the result to record files for review."
)
def command(
    sources: tuple[Path, ...],
    output: Path | None,
    source_format: str,
    source_version: str | None,
    format_: str | None,
    strict: bool,
    memory_limit: str | None,
    published: datetime | None,
    url: str | None,
    extractor: str | None,
    lexicon: Path | None,
    explain: bool,
    records: Path | None,
) -> None:
    """Turn other datasets' files, or articles, into events, and account for every row.

    UCDP GED, ACLED, GDELT, ICEWS and POLECAT files are recognised by what is in them, as CSV, TSV, XLSX or JSON,
    plain, zipped or gzipped; articles by .txt or .html. With -o NAME.parquet the events are written; with -o FOLDER
    every table; beside it OUT.loss.json, the loss report: each row and column that went in, and what became of it.
    Without -o the events are printed. Exit 1 where a row or an input was set aside.

    \b
    Examples:
      conflict-events convert GEDEvent_v24_1.csv -o ged.parquet
      conflict-events convert 20191024143000.export.CSV.zip --source-format gdelt -o gdelt/
      conflict-events convert article.txt
      conflict-events convert article.txt --explain
      conflict-events convert articles/*.txt -o out/
      conflict-events convert article.html --published 2017-05-16 --format jsonl
    """
    from conflict_events.converters.formats import recognise

    if output and format_:
        raise click.UsageError("-o writes files and --format prints: give one of them.")
    if output:
        from conflict_events.converters.output import check

        check(output, [path for path in sources if path.exists()])
    if explain and format_:
        raise click.UsageError("--explain and --format are two ways to print: give one of them.")
    name = recognise(sources, source_format)
    if name == ARTICLE:
        _refuse(name, source_version=source_version, memory_limit=memory_limit)
        loss = _articles(sources, output, format_, strict, published, url, extractor, lexicon, explain, records)
    else:
        _refuse(
            name,
            published=published,
            url=url,
            extractor=extractor,
            records=records,
            lexicon=lexicon,
            explain=explain or None,
        )
        loss = _dataset(sources, name, output, format_, strict, source_version, memory_limit)
    _tell(loss)
    if output and loss.set_aside and not loss.converted and name != ARTICLE:
        click.echo(f"nothing was converted: {output} is as it was, {output}.loss.json says why", err=True)
    if loss.set_aside:
        raise click.exceptions.Exit(1)


def _refuse(name: str, **given: object) -> None:
    for option, value in given.items():
        if value is not None:
            raise click.UsageError(f"--{option.replace('_', '-')} does not go with {name} files.")


def _articles(
    sources: tuple[Path, ...],
    output: Path | None,
    format_: str | None,
    strict: bool,
    published: datetime | None,
    url: str | None,
    extractor: str | None,
    lexicon: Path | None,
    explain: bool,
    records: Path | None,
) -> Loss:
    from conflict_events.converters import convert
    from conflict_events.converters import output as written

    if lexicon:
        from conflict_events.converters.articles.knowledge import use

        use(lexicon)
    day = published.date() if published else None
    with progress(len(sources), "converting") as step:
        conversion = convert(
            sources,
            ARTICLE,
            published=day,
            url=url,
            extractor="rules" if extractor is None else extractor,
            strict=strict,
            on_input=step,
        )
    if output:
        written.write(conversion, output)
    if records:
        from conflict_events.dataset.records import add

        add(records, {name: table.to_pylist() for name, table in conversion.tables.items()})
    if explain:
        for lines in conversion.explanations.values():
            click.echo("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in "\n".join(lines)))
    elif not (output or records):
        if format_ == "jsonl":
            for line in written.jsonl(conversion.tables["events"], conversion.articles):
                click.echo(line)
        else:
            _print(conversion.tables["events"], "events")
    return conversion.loss


def _dataset(
    sources: tuple[Path, ...],
    name: str,
    output: Path | None,
    format_: str | None,
    strict: bool,
    version: str | None,
    memory_limit: str | None,
) -> Loss:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from conflict_events.converters import output as written
    from conflict_events.converters.formats import dataset

    source = dataset(name)
    with tempfile.TemporaryDirectory(prefix="conflict-events-") as folder:
        out = output or Path(folder) / "converted.parquet"
        with progress(sum(path.stat().st_size for path in sources), "converting") as step:
            loss = written.convert_into(
                sources, source, out, version=version, strict=strict, memory_limit=memory_limit, on_bytes=step
            )
        if output is None and out.exists():
            with pq.ParquetFile(out) as file:
                if format_ == "jsonl":
                    for index in range(file.num_row_groups):
                        for line in written.jsonl(file.read_row_group(index)):
                            click.echo(line)
                else:
                    first = [pa.Table.from_batches([b]) for b in islice(file.iter_batches(batch_size=ROWS), 1)]
                    _print(first[0] if first else file.schema_arrow.empty_table(), source.into)
                    if file.metadata.num_rows > ROWS:
                        click.echo(f"... the first {ROWS} of {file.metadata.num_rows:,} rows; -o writes all", err=True)
    return loss


def _tell(loss: Loss) -> None:
    """Notes and rows set aside on standard error, then one line that sums up."""
    for note in loss.notes:
        _say(f"{note.file}: {note.message}" if note.file else note.message)
    for one in loss.set_aside[:NAMED]:
        line = f" line {one.line}" if one.line is not None else ""
        _say(f"{one.file}{line}: set aside: {one.reason}")
    if len(loss.set_aside) > NAMED:
        click.echo(f"... and {len(loss.set_aside) - NAMED:,} more set aside: the loss report names all", err=True)
    click.echo(loss.to_text(), err=True)


def _say(message: str) -> None:
    """A message as one line: what stands in a file's header or name may hold line ends and worse."""
    click.echo("".join(c if c.isprintable() else "\ufffd" for c in message), err=True)


def _print(rows: object, table: str) -> None:
    if sys.stdout is None:  # closed by the caller
        return
    import duckdb

    from conflict_events.query.render import render

    con = duckdb.connect()
    con.register("converted", rows)
    render(con.sql(f"SELECT {', '.join(SHOWN[table])} FROM converted"), "table", sys.stdout)
