"""The command line: one module a command, each thin. A command's module is loaded only when it is called.

Exit codes: 0 good, 1 the data is bad, 2 the call is wrong, 3 a fault of ours. Results go to stdout; progress and
messages go to stderr. A user's mistake is one line, never a traceback.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module

import click

from conflict_events import __version__
from conflict_events.errors import ConflictEventsError

COMMANDS = {
    "info": "what is installed: versions, files, rows by table",
    "query": "answer SQL about the dataset, or about your own files",
    "validate": "check event files; say which rows broke which rule",
    "convert": "turn articles into events, with a loss report",
    "gazetteer": "import places of GeoNames for the articles, show what is used, remove it",
    "evaluate": "compare extracted events with articles coded by hand",
    "review": "bring articles into the records: new events, or accounts of events that are there",
    "build": "build the release from the reviewed records",
    "diff": "what was added, withdrawn and revised between two releases, or two schema versions",
    "migrate": "bring files to another version of the schema, with a stated loss",
    "link": "find events of different origins that may be the same",
    "task": "run the baselines of a ready task: what a model must beat",
    "schema": "show, export or check the schema and its rules",
    "verify": "check the release's files, or an event's evidence against an article",
    "cite": "how to cite the dataset",
}
TRACEBACK = "CONFLICT_EVENTS_TRACEBACK"


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"conflict_events.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="conflict-events")
def cli() -> None:
    """Armed-conflict events as a versioned dataset, and the tools that make and check it.

    Example: conflict-events query "SELECT country, count(*) FROM events GROUP BY ALL"
    """


def main() -> None:
    """The entry point: run the command and turn errors into one line and an exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            # a console may not be able to write every name; a replaced letter is better than a traceback
            stream.reconfigure(errors="replace")
        else:
            # files and pipes are UTF-8 with LF on every platform, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n" if stream is sys.stdout else None)
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, _terminated)
    sys.exit(_run())


def _terminated(*_: object) -> None:
    """A request to end, as CI sends it: unwound like Ctrl-C, so that nothing is left behind."""
    raise KeyboardInterrupt


def _run() -> int:
    try:
        with cli.make_context("conflict-events", sys.argv[1:]) as context:
            code = cli.invoke(context)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        return _say(_of_click(error), 2)
    except click.Abort:
        return _say("stopped", 130)
    except ConflictEventsError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _say("stopped", 130)
    except SystemExit as end:
        # none of ours: a library that ends the program, as some do, must not pass for success
        return _say(f"a fault of ours, not yours: a library ended the program (code {end.code})", 3)
    except OSError as error:
        if error.errno == errno.EPIPE:
            # the reader has gone (`| head`): nothing is wrong
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return _say(f"cannot read or write {error.filename or 'the output'}: {error.strerror or error}", 2)
    except BaseException as error:
        # a panic of a library written in Rust is no Exception, and must not end as "the data is bad"
        if os.environ.get(TRACEBACK):
            raise
        what = str(error).strip().splitlines()
        kind = type(error).__name__
        if "interrupted" in str(error).lower():  # DuckDB's word for Ctrl-C
            return _say("stopped", 130)
        said = f"a fault of ours, not yours: {kind}: {what[0] if what else ''}"
        return _say(f"{said} (set {TRACEBACK}=1 and report what it shows)", 3)


def _of_click(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    ctx = getattr(error, "ctx", None)
    return f"{message} See `{ctx.command_path} --help`." if ctx is not None else message


def _say(message: str, code: int) -> int:
    click.echo(f"conflict-events: {' '.join(message.split())}", err=True)
    return code
