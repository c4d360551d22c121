"""Which failures a bounded report shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conflict_events.quality.formats import sample
from conflict_events.quality.result import Checked, Result
from tests.quality.formats.made import failure, make


def test_a_rule_with_very_many_failures_does_not_hide_the_others() -> None:
    found = [failure("CE119", n, "many") for n in range(50)] + [failure("CE203", 3, "one"), failure("CE209", 4, "one")]
    shown = [f.rule_id for f in sample.worst(make(found), 10)]
    assert shown == ["CE119"] * 8 + ["CE203", "CE209"]


def test_excused_failures_come_last_within_their_rule(small: Result) -> None:
    assert [(f.row, f.excused) for f in sample.of_rules(small, {"CE119": 2})["CE119"]] == [
        (4, None),
        (1, "a known typo"),
    ]


def test_failures_of_a_whole_file_are_excused_too() -> None:
    whole = failure("CE001", None, "column x is missing")
    result = make([whole], excused=[whole | {"reason": "not there yet"}])
    assert [f.excused for f in sample.worst(result, 5)] == ["not there yet"]


def test_examples_and_counts_are_kept_apart_by_file() -> None:
    found = [failure("CE119", n, "m", file) for n in range(3) for file in ("b.csv", "a.csv")]
    result = make(found, checked=[Checked("events", "a.csv", 3), Checked("events", "b.csv", 3)])
    assert sample.file_counts(result) == {("CE119", "a.csv"): 3, ("CE119", "b.csv"): 3}
    shown = sample.of_files(result, 2)
    assert {group: [f.row for f in failures] for group, failures in shown.items()} == {
        ("CE119", "a.csv"): [0, 1],
        ("CE119", "b.csv"): [0, 1],
    }


@given(st.lists(st.integers(1, 40), max_size=8), st.integers(0, 60))
def test_quotas_use_the_whole_limit_and_no_more_than_there_is(counts: list[int], limit: int) -> None:
    named = {str(n): count for n, count in enumerate(counts)}
    quotas = sample.quotas(named, limit)
    assert sum(quotas.values()) == min(limit, sum(counts))
    assert all(0 <= quotas[r] <= n for r, n in named.items())
    assert all(quotas[r] >= min(n, limit // len(named)) for r, n in named.items())
