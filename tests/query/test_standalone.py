"""The macros without this package: SQL files beside the release, and from the command line, in plain DuckDB."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from conflict_events import schema
from conflict_events.cli import cli
from conflict_events.query import macro, standalone
from conflict_events.query.connection import opening

MONTHS = "SELECT country, month, n_events, deaths_best, covered FROM country_month()"


def test_the_shipped_files_are_what_the_macros_make(root: Path) -> None:
    for name, text in (("macros.sql", standalone.macros_sql()), ("views.sql", standalone.views_sql())):
        assert (root / "data" / "release" / name).read_text(encoding="utf-8") == text, "run `conflict-events build`"


def test_both_files_open_a_release_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "data" / "release")
    with duckdb.connect() as con:
        con.execute(Path("views.sql").read_text(encoding="utf-8"))
        con.execute(Path("macros.sql").read_text(encoding="utf-8"))
        for table in schema.TABLES:
            con.execute(f"SELECT count(*) FROM {table.name}")
        assert con.execute("SELECT sum(n_events) = (SELECT count(*) FROM events) FROM country_month()").fetchall() == [
            (True,)
        ]


def test_events_alone_will_do(root: Path, write: Callable[..., Path]) -> None:
    path = write("events", {"country": "IRQ"})
    with duckdb.connect() as con:
        with pytest.raises(duckdb.Error, match="events does not exist"):
            con.execute(standalone.macros_sql())
        con.execute(f"CREATE VIEW events AS FROM '{path}'")
        con.execute((root / "data" / "release" / "macros.sql").read_text(encoding="utf-8"))
        assert con.execute(MONTHS).fetchall() == [("IRQ", None, 1, None, None)]
        assert con.execute("FROM evidence('e1')").fetchall() == []


def test_a_table_that_is_there_is_not_emptied(write: Callable[..., Path]) -> None:
    actor = {"actor_id": "n", "name": "North", "aliases": [], "actor_type": "unknown"}
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE events AS FROM '{write('events', {})}'")
        con.execute(f"CREATE TABLE actors AS FROM '{write('actors', actor)}'")
        con.execute(standalone.macros_sql())
        assert con.execute("SELECT name FROM actors").fetchall() == [("North",)]


def test_the_tables_that_macros_read_are_all_named() -> None:
    text = "\n".join(re.sub(r"--.*", "", macro.text(name)) for name in macro.names())
    read = {table.name for table in schema.TABLES if re.search(rf"(?:FROM|JOIN|,) {table.name} AS", text)}
    assert read == {"events", *standalone.READ}


def test_the_command_line_writes_a_script_over_any_files(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write("events", {"country": "IRQ"})
    done = CliRunner().invoke(cli, ["query", "--script", "--data", str(path)])
    assert done.exit_code == 0
    assert done.output == opening(path)
    with duckdb.connect() as con:
        con.execute(done.output)
        assert con.execute(MONTHS).fetchall() == [("IRQ", None, 1, None, None)]
    for arguments in (["query"], ["query", "--script", "SELECT 1"]):
        assert CliRunner().invoke(cli, arguments, standalone_mode=False).exit_code != 0
    missing = CliRunner().invoke(cli, ["query", "--script", "--data", str(tmp_path / "none.parquet")])
    assert missing.exit_code != 0


def test_duckdb_itself_reads_them(root: Path) -> None:
    commands = [".read views.sql", ".read macros.sql", "SELECT sum(n_events) > 0 AS found FROM country_month()"]
    arguments = [part for command in commands for part in ("-c", command)]
    # of the dev group, beside the interpreter whether or not the environment is activated
    program = shutil.which("duckdb", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert program is not None, "needs DuckDB's command line: pip install duckdb-cli"
    done = subprocess.run(
        [program, "-batch", "-csv", *arguments],
        cwd=root / "data" / "release",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["found", "true"]
