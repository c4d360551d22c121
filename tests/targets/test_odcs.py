"""The data contract lints, its SQL finds what `validate` finds; the examples beside it are commands that run."""

from __future__ import annotations

import shlex
import socket
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import conflict_events as ce
from conflict_events import schema
from conflict_events.cli import cli
from conflict_events.targets import odcs
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD, ONE_ROW, broken_row

yaml = pytest.importorskip("yaml")


@pytest.fixture
def contract(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / "validation" / "contract.odcs.yaml").read_text(encoding="utf-8"))
    return found


def test_the_file_is_what_the_declaration_makes(root: Path) -> None:
    assert (root / "validation" / "contract.odcs.yaml").read_text(encoding="utf-8") == odcs.contract()


def test_the_contract_lints_without_a_network(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = pytest.importorskip("datacontract.data_contract")

    def refuse(*_: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    run = module.DataContract(data_contract_file=str(root / "validation" / "contract.odcs.yaml")).lint()
    assert run.result == "passed", run.checks


def test_the_contract_has_every_table_column_and_rule(contract: dict[str, Any]) -> None:
    assert [t["name"] for t in contract["schema"]] == [t.name for t in schema.TABLES]
    for made, table in zip(contract["schema"], schema.TABLES, strict=True):
        assert [p["name"] for p in made["properties"]] == list(table.names)
        assert [q["id"] for q in made["quality"]] == [rule.id for rule in table.rules]


def test_its_queries_count_what_validate_counts(contract: dict[str, Any]) -> None:
    con = duckdb.connect()
    data = {
        name: to_table(name, [*(broken_row(rule) for rule in ONE_ROW if rule.table == name), row])
        for name, row in GOOD.items()
    }
    for name, rows in data.items():
        con.register(name, rows)
    counts = ce.validate(data, suite="release").counts
    for quality in (q for table in contract["schema"] for q in table["quality"]):
        assert con.execute(quality["query"]).fetchone() == (counts[quality["id"]],), quality["id"]
        assert quality["mustBe"] == 0


def _commands(found: Any) -> list[str]:
    """Every command line of ours in a document."""
    if isinstance(found, dict):
        return [line for value in found.values() for line in _commands(value)]
    if isinstance(found, list):
        return [line for value in found for line in _commands(value)]
    return [found] if isinstance(found, str) and found.startswith("conflict-events validate") else []


@pytest.mark.parametrize(
    "name",
    [
        ".pre-commit-hooks.yaml",
        "validation/examples/pre-commit-config.yaml",
        "validation/examples/github-workflow.yml",
        "validation/examples/github-workflow-mapping.yml",
        "validation/examples/gitlab-ci.yml",
    ],
)
def test_the_examples_commands_run(
    name: str, root: Path, tmp_path: Path, event: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = _commands(yaml.safe_load((root / name).read_text(encoding="utf-8")))
    assert commands
    (tmp_path / "data").mkdir()
    pq.write_table(to_table("events", [event]), tmp_path / "data" / "events.parquet")
    (tmp_path / "mapping.toml").write_text('table = "events"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for command in commands:
        arguments = shlex.split(command)[1:]
        # pre-commit adds the changed files
        files = [] if "data" in command else ["data/events.parquet"]
        done = CliRunner().invoke(cli, [*arguments, *files])
        assert done.exit_code == 0, done.output
