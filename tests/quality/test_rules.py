"""Each rule breaks on the row that breaks it, and on no other: one broken row for every rule of every table.

A rule that is added without its broken row fails here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import conflict_events as ce
from conflict_events import schema
from conflict_events.schema import kinds
from conflict_events.targets.arrow import to_table
from tests.broken_rows import GOOD, ONE_ROW, POINT, TWO_ROWS, broken_row


def _required(rule: schema.Rule) -> bool:
    return isinstance(rule.kind, kinds.Required)


def _failing(table: str, rows: list[dict[str, Any]]) -> dict[int, set[str]]:
    """The rules that each row of the table breaks, beside good tables for every foreign key."""
    good: dict[str, list[dict[str, Any]]] = {name: [row] for name, row in GOOD.items()}
    good["events"] = [GOOD["events"], {**GOOD["events"], "event_id": "e2"}]
    good["reports"] = [GOOD["reports"], {**GOOD["reports"], "report_id": "r2", "event_id": "e2"}]
    given = {name: to_table(name, r) for name, r in {**good, table: rows}.items()}
    result = ce.validate(given, suite="release")
    assert not result.not_run
    found: dict[int, set[str]] = {n: set() for n in range(len(rows))}
    for failure in result.failures.to_pylist():
        if schema.rule(failure["rule_id"]).table == table:
            found[failure["row"]].add(failure["rule_id"])
    return found


@cache
def _broken(table: str) -> dict[str, set[str]]:
    """Rule id -> the rules that its broken row breaks; one run a table."""
    rules = [rule for rule in ONE_ROW if rule.table == table]
    found = _failing(table, [broken_row(rule) for rule in rules])
    return {rule.id: found[n] for n, rule in enumerate(rules)}


@pytest.mark.parametrize("table", GOOD)
def test_a_good_row_breaks_nothing(table: str) -> None:
    assert _failing(table, [GOOD[table]]) == {0: set()}


@pytest.mark.parametrize("rule", ONE_ROW, ids=lambda r: r.id)
def test_the_broken_row_breaks_its_rule(rule: schema.Rule) -> None:
    assert rule.id in _broken(rule.table)[rule.id]


@pytest.mark.parametrize("table", GOOD)
def test_every_row_of_a_duplicate_group_fails_and_nulls_are_no_duplicates(table: str) -> None:
    for rule in schema.table(table).rules:
        if isinstance(rule.kind, kinds.Unique):
            point = {**POINT, "side_a": "A", "side_b": "B"} if "latitude" in rule.kind.columns else {}
            good = {**GOOD[table], **point}
            null = {**good, rule.kind.columns[0]: None}
            found = _failing(table, [good, good, null, null])
            assert [rule.id in found[n] for n in range(4)] == [True, True, False, False]


@pytest.mark.parametrize("rule_id", TWO_ROWS)
def test_rows_that_contradict_each_other_break_their_rule(rule_id: str) -> None:
    found = _failing("events", [{**GOOD["events"], **change} for change in TWO_ROWS[rule_id]])
    assert rule_id in found[1]


@pytest.mark.parametrize("table", GOOD)
def test_nulls_break_only_the_rules_of_required_columns(table: str) -> None:
    found = _failing(table, [dict.fromkeys(schema.table(table).names)])
    assert all(_required(schema.rule(rule)) for rule in found[0]), found
