"""What a user types and what comes back: results, one-line errors, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from conflict_events import cli, schema
from conflict_events.targets.arrow import to_table

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "Example" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("validate",), "Missing argument 'FILE...'"),
        (("validate", "no.parquet"), "no.parquet: no such file"),
        (("validate", "x", "--suite", "all"), "'all' is not one of"),
        (("convert", "no.txt"), "no.txt: no such file"),
        (("query", "SELEC 1"), "syntax error"),
        (("query", "SELECT x FROM events"), 'Referenced column "x" not found'),
        (("query", "FROM evnts"), "evnts"),
        (("schema", "show", "CE999"), "CE999"),
        (("verify", "--text", "x"), "EVENT_ID"),
        (("cite", "--format", "docx"), "docx"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("conflict-events: ")
    assert err.count("\n") == 1
    assert said in err


def test_validate_exits_1_on_bad_data_and_0_on_good(run: Run, event: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    pq.write_table(to_table("events", [event]), path)
    assert run("validate", path)[0] == 0
    pq.write_table(to_table("events", [{**event, "country": "XX"}]), path)
    code, out, _ = run("validate", path, "--format", "json")
    assert code == 1
    assert json.loads(out)["failures"][0]["rule_id"] == "CE119"


def test_a_fault_of_ours_is_exit_3_and_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr("conflict_events.quality.validate", fail)
    code, _, err = run("validate", "x")
    assert code == 3
    assert "a fault of ours" in err
    assert err.count("\n") == 1


def test_schema_show_knows_tables_columns_rules_and_vocabularies(run: Run) -> None:
    assert "date_start" in run("schema", "show", "events")[1]
    assert "ISO 3166-1" in run("schema", "show", "events.country")[1]
    assert "dates_in_order" in run("schema", "show", "CE201")[1]
    assert "armed_clash" in run("schema", "show", "event_subtype")[1]
    assert json.loads(run("schema", "show", "CE201", "--format", "json")[1])["kind"]["is"] == "NotAfter"
    assert schema.VERSION in run("schema", "show")[1]


def test_schema_check_passes_on_this_checkout(run: Run) -> None:
    assert run("schema", "check") == (0, "", "")


def test_schema_export_writes_a_rule_file_for_every_rule(run: Run, tmp_path: Path) -> None:
    assert run("schema", "export", "-o", tmp_path)[0] == 0
    written = {p.name.split("_")[0] for p in (tmp_path / "validation" / "sql").rglob("*.sql")}
    assert written == {r.id for r in schema.RULES if r.table != "*"}


def test_query_reads_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"SELECT 1 AS one")))
    assert run("query", "-", "--format", "csv")[1] == "one\n1\n"


def test_info_names_the_three_versions(run: Run) -> None:
    document = json.loads(run("info", "--format", "json")[1])
    assert document["schema"] == schema.VERSION
    assert document["rows"]["events"] > 0


def test_cite_names_the_release(run: Run) -> None:
    assert "2026.11.0" in run("cite")[1]
    assert run("cite", "--format", "bibtex")[1].startswith("@")


def _loaded(code: str) -> set[str]:
    heavy = ("pyarrow", "duckdb", "narwhals", "pandas", "numpy", "polars", "trafilatura", "click")
    program = f"{code}\nimport sys\nprint(','.join(m for m in {heavy} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.removesuffix("\n").split("\n")[-1].split(",")) - {""}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert _loaded("import conflict_events") == set()


def test_help_and_a_query_load_only_what_they_use() -> None:
    assert _loaded("import conflict_events.cli") == {"click"}
    assert _loaded("import conflict_events as ce; ce.sql('SELECT count(*) FROM events').fetchall()") == {"duckdb"}


def test_nothing_but_the_result_is_written(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "conflict_events", "query", "SELECT 1 AS one", "--format", "csv"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("one\n1\n", "")
    assert list(tmp_path.iterdir()) == []


def test_an_output_never_takes_the_place_of_an_input_or_of_another_output(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("event_id,country\na,IRQ\n", encoding="utf-8")
    for option in ("--write-baseline", "--quarantine"):
        assert run("validate", path, "--table", "events", option, path)[0] == 2
    code, _, err = run("validate", tmp_path, "--table", "events", "--report", f"html={path}")
    assert (code, "would be overwritten" in err) == (2, True)
    same = tmp_path / "r"
    code, _, err = run("validate", path, "--table", "events", "--report", f"json={same}", "--report", f"html={same}")
    assert (code, "named for two outputs" in err) == (2, True)
    assert path.read_text(encoding="utf-8").startswith("event_id")


def test_a_report_goes_through_links_and_into_devices(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("event_id,country\na,IRQ\n", encoding="utf-8")
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    run("validate", path, "--table", "events", "--report", f"json={link}")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("{")
    code, _, err = run("validate", path, "--table", "events", "--report", f"json={tmp_path}")
    assert (code, "is a folder" in err) == (2, True)
