"""Cases that break one rule: validation finds that rule, those rows, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import conflict_events as ce
from conflict_events import schema, testing
from conflict_events.errors import UsageError
from conflict_events.schema import kinds
from conflict_events.targets.arrow import to_table
from tests.testing.cases import QUICK

NEVER_ALONE = {
    # the event's own id as parent is an incident's id; an aggregate has no parent
    "CE230": {"CE254"},
    # a subtype needs its type, which UCDP rows do not have either
    "CE223": {"CE206"},
    # an article's event counts its reports, and has one at least
    "CE259": {"CE260"},
    # where the end lies below zero, so does the start, or it comes after it
    "CE311": {"CE326"},
}
"""Rules that no row breaks alone, and what is broken with them."""


def _has_cases(rule: schema.Rule) -> bool:
    of_text_files = rule.kind == kinds.Structure("uncast")
    return isinstance(rule.kind, kinds.RowKind | kinds.RelationalKind | kinds.Structure) and not of_text_files


@pytest.mark.parametrize("rule_id", [r.id for r in schema.RULES if _has_cases(r)])
def test_a_broken_case_breaks_that_rule_in_those_rows_and_no_other(rule_id: str) -> None:
    cases: list[testing.Broken] = []
    # a validation is slow: the simplest case is only made, one at random is validated too

    @settings(QUICK, max_examples=2)
    @given(testing.broken(rule_id))
    def collect(case: testing.Broken) -> None:
        cases.append(case)

    collect()
    assert all(case.rule_id == rule_id and set(case.also) == NEVER_ALONE.get(rule_id, set()) for case in cases)
    case = cases[-1]
    result = ce.validate(case.tables, suite=case.suite)
    assert {r for r, count in result.counts.items() if count} == {rule_id, *case.also}
    failures = result.failures.to_pylist()
    failed = sorted(f["row"] for f in failures if f["rule_id"] == rule_id and f["row"] is not None)
    assert tuple(failed) == case.rows
    assert failed or isinstance(schema.rule(rule_id).kind, kinds.Structure)


def test_a_rule_of_text_files_alone_is_refused() -> None:
    with pytest.raises(UsageError, match="text files"):
        testing.broken("CE004")


def test_an_unknown_rule_and_one_that_the_suite_has_not_are_refused() -> None:
    with pytest.raises(UsageError, match="no rule 'CE999'"):
        testing.broken("CE999")
    with pytest.raises(UsageError, match="suite core does not have CE271"):
        testing.broken("CE271", suite="core")


@pytest.mark.parametrize("table", ["events", "places"])
def test_rules_about_columns_are_broken_in_any_table(table: str) -> None:
    @QUICK
    @given(testing.broken("CE002", table=table))
    def check(case: testing.Broken) -> None:
        assert list(case.tables) == [table]

    check()


def test_a_line_break_after_an_address_is_found() -> None:
    row = {"source_id": "1", "language": "en", "title": "T", "publisher_id": "p", "url": "https://example.org/\n"}
    assert ce.validate(to_table("sources", [row])).counts["CE382"] == 1
