"""GX loads each suite and finds the rows that `validate` finds, for the rules that the suite says."""

from __future__ import annotations

import json
import logging
import warnings
from pathlib import Path

import pandas as pd
import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.targets import gx as words
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD, ONE_ROW, broken_row

pytest.importorskip("great_expectations")


def test_the_suites_find_what_validate_finds(root: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    complete = {"result_format": "COMPLETE", "unexpected_index_column_names": ["__n"]}
    for table, good in GOOD.items():
        rows = to_table(table, [*(broken_row(rule) for rule in ONE_ROW if rule.table == table), good, good])
        frame = rows.to_pandas(types_mapper=pd.ArrowDtype).assign(__n=range(rows.num_rows))
        batch = context.data_sources.pandas_default.read_dataframe(frame)
        found, said = set(), set()
        for path in sorted((root / "validation" / "gx").glob(f"{table}.*json")):
            suite = context.suites.add(gx.ExpectationSuite(**json.loads(path.read_text(encoding="utf-8"))))
            for result in batch.validate(suite, result_format=complete).results:
                assert result.expectation_config is not None
                rule_id = result.expectation_config.meta["rule_id"]
                said.add(rule_id)
                rows_of_it = result.result["unexpected_index_list"] or []
                assert result.success or rows_of_it, (rule_id, result.exception_info)
                found |= {(rule_id, row["__n"]) for row in rows_of_it}
        failures = ce.validate(rows, suite="release").failures.to_pylist()
        assert found == {(f["rule_id"], f["row"]) for f in failures if f["rule_id"] in said}, table


def test_said_and_unsaid_are_all_rules(root: Path) -> None:
    folder = root / "validation" / "gx"
    page = (folder / "README.md").read_text(encoding="utf-8")
    unsaid = {line.split()[1] for line in page.splitlines() if line.startswith("- CE")}
    suites = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    said = {e["meta"]["rule_id"] for suite in suites for e in suite["expectations"]}
    assert said | unsaid == {rule.id for table in schema.TABLES for rule in table.rules}
    assert not said & unsaid


def test_every_expectation_has_an_id_of_its_own_that_stays() -> None:
    suites = [words.suite(table, part) for table in schema.TABLES for part in ("core", "release")]
    ids = [e["id"] for suite in suites for e in suite["expectations"]]
    assert len(ids) == len(set(ids))
    assert words.files() == words.files()


def test_the_files_are_what_the_declaration_makes(root: Path) -> None:
    for name, text in words.files().items():
        assert (root / "validation" / "gx" / name).read_text(encoding="utf-8") == text
