"""conflict-events validate"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from conflict_events import schema, swap
from conflict_events.errors import UsageError
from conflict_events.quality import AUTO, ENGINES, Result, formats


class Report(click.ParamType[Any]):
    """NAME=FILE: a format and where to write it."""

    name = "NAME=FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """The format's name and the file's path."""
        if isinstance(value, tuple):
            return value
        name, _, file = str(value).partition("=")
        if name not in formats.FORMATS or not file:
            self.fail(
                f"'{value}' is no report: write NAME=FILE with a name among {', '.join(formats.FORMATS)}", param, ctx
            )
        return name, Path(file)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--suite", type=click.Choice([*schema.SUITES]), default="core", show_default=True, help="Which rules.")
@click.option("--table", metavar="NAME", help="Which table the files are, where they do not say.")
@click.option("--engine", type=click.Choice((AUTO, *ENGINES)), default=AUTO, show_default=True, help="What checks.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*formats.FORMATS]),
    default="text",
    show_default=True,
    help="Of the output.",
)
@click.option("--report", "reports", type=Report(), multiple=True, help="Write a report in another format to a file.")
@click.option("--examples", type=click.IntRange(0), default=3, show_default=True, help="Failures shown for each rule.")
@click.option("--policy", metavar="FILE", help="TOML of waivers and thresholds.")
@click.option("--baseline", metavar="FILE", help="Known failures, which do not make the data bad.")
@click.option("--write-baseline", metavar="FILE", help="Take what fails now for known: write the baseline.")
@click.option("--against", multiple=True, metavar="FILE", help="The release before, to compare with.")
@click.option("--quarantine", metavar="DIR", help="Write good and bad rows apart.")
@click.option("--data-docs", metavar="DIR", help="With --engine gx: write Great Expectations' own pages.")
@click.option("--mapping", metavar="FILE", help="TOML that says which of your columns stands for which of the table's.")
@click.option("--infer", is_flag=True, help="Check nothing: propose a mapping for the file.")
@click.option("-o", "--output", metavar="FILE", help="With --infer: the mapping file to write.")
@click.option("--memory-limit", metavar="SIZE", help="Most memory for the engine, for example 512MB.")
def command(
    files: tuple[str, ...],
    format_: str,
    reports: tuple[tuple[str, Path], ...],
    examples: int,
    write_baseline: str | None,
    against: tuple[str, ...],
    quarantine: str | None,
    data_docs: str | None,
    infer: bool,
    output: str | None,
    **asked: Any,
) -> None:
    """Check Parquet or CSV files, globs or folders against the rules; exit 1 where a rule of severity error failed.

    \b
    Examples:
      conflict-events validate my_events.parquet
      conflict-events validate out/ --suite release --report html=report.html
      conflict-events validate mine.csv --infer -o mapping.toml
      conflict-events validate mine.csv --mapping mapping.toml --quarantine parted/
    """
    if infer:
        from conflict_events.cli.infer import infer as propose

        propose(files, asked["table"], output)
        return
    if output is not None:
        raise UsageError("--output is for --infer: use --report NAME=FILE, or > after the command")
    if data_docs is not None and asked["engine"] != "gx":
        raise UsageError("--data-docs are pages of Great Expectations: add --engine gx")
    written = [*(path for _, path in reports), *(Path(p) for p in (write_baseline, quarantine, data_docs) if p)]
    _refuse_overwriting([*files, *against, *(asked[n] for n in ("policy", "baseline", "mapping") if asked[n])], written)
    from conflict_events.quality import validate

    result = validate(list(files), against=list(against) or None, **asked)
    for name, path in reports:
        swap.text_file(path, _report(result, name, examples))
    if write_baseline is not None:
        swap.text_file(Path(write_baseline), result.to_baseline())
    if quarantine is not None:
        result.quarantine(quarantine)
    if data_docs is not None:
        result.data_docs(data_docs)
    color = format_ == "text" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(_report(result, format_, examples, color), nl=False, color=color or None)
    if format_ == "github":
        from conflict_events.quality.formats.github import write_step_summary

        write_step_summary(result, os.environ, examples)
    if not result.ok:
        raise click.exceptions.Exit(1)


def _report(result: Result, name: str, examples: int, color: bool = False) -> str:
    return formats.render(name, result, formats.Options(examples, color))


def _refuse_overwriting(read: list[str], written: list[Path]) -> None:
    """UsageError where an output would take the place of an input, or of another output."""
    if not written:
        return
    from conflict_events.files import PARQUET, expand
    from conflict_events.quality.inputs import TEXT_SUFFIXES

    inputs = {path.resolve() for name in read for path in (Path(name), *expand(name, (PARQUET, *TEXT_SUFFIXES)))}
    outputs = [path.resolve() for path in written]
    for given, path in zip(written, outputs, strict=True):
        if path in inputs and path.exists():
            raise UsageError(f"{given} is an input of this very call and would be overwritten: name another file")
        if outputs.count(path) > 1:
            raise UsageError(f"{given} is named for two outputs: give each its own")
