"""Figures of an event from its accounts, by the coding manual's rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflict_events as ce
from conflict_events.dataset.accounts import Account, Figure, deaths
from conflict_events.dataset.standing import standing


def account(
    name: str,
    killed: dict[str, Figure],
    claimant: str | None = None,
    side: str | None = None,
    day: int = 1,
    supersedes: str | None = None,
) -> Account:
    return Account(name, name.split("/")[0], claimant, side, killed, date(2017, 5, day), supersedes)


def exactly(count: int) -> Figure:
    return Figure(count, count, count)


def test_a_partys_claim_of_its_enemys_dead_sets_the_high_alone() -> None:
    police = account("wire", {"b": exactly(7)}, "a police officer")
    claim = account("amaq", {"b": exactly(25)}, "ISIS", "a")
    assert deaths([police, claim]) == {"deaths_low": 7, "deaths_best": 7, "deaths_high": 25, "deaths_side_b": 7}
    assert deaths([claim]) == {"deaths_high": 25}


def test_a_party_that_counts_its_own_dead_is_believed() -> None:
    assert deaths([account("wire", {"b": exactly(7)}, "the army", "b")])["deaths_best"] == 7


def test_an_open_high_stays_open() -> None:
    least = account("wire", {"civilians": Figure(20, 20, None)}, "a doctor")
    assert deaths([least, account("other", {"civilians": exactly(30)}, "a monitor")]).get("deaths_high") is None


def test_the_figure_that_independent_voices_share_is_the_best() -> None:
    told = [
        account("wire", {"civilians": exactly(12)}, "a doctor"),
        account("paper", {"civilians": exactly(12)}, "residents"),
        account("monitor", {"civilians": exactly(17)}, "the monitor"),
    ]
    assert deaths(told) == {"deaths_low": 12, "deaths_best": 12, "deaths_high": 17, "deaths_civilians": 12}


@pytest.mark.parametrize("again", [("wire/copy", "a minister"), ("paper", "a doctor")])
def test_one_publisher_or_one_claimant_is_one_voice(again: tuple[str, str]) -> None:
    told = [
        account("wire", {"civilians": exactly(12)}, "a doctor"),
        account(again[0], {"civilians": exactly(12)}, again[1]),
        account("monitor", {"civilians": exactly(17)}, "the monitor"),
    ]
    assert "deaths_best" not in deaths(told)


def test_a_superseded_toll_sets_nothing() -> None:
    first = account("wire", {"civilians": exactly(12)}, "a doctor")
    later = account("wire/2", {"civilians": exactly(15)}, "a doctor", day=2, supersedes="wire")
    assert deaths([first, later]) == {"deaths_low": 15, "deaths_best": 15, "deaths_high": 15, "deaths_civilians": 15}


def test_parts_by_side_add_up_within_a_report_only() -> None:
    both = account("wire", {"a": exactly(3), "b": exactly(10)}, "a monitor")
    assert deaths([both]) == {
        "deaths_low": 13,
        "deaths_best": 13,
        "deaths_high": 13,
        "deaths_side_a": 3,
        "deaths_side_b": 10,
    }


def test_without_figures_there_are_no_deaths() -> None:
    assert deaths([account("wire", {})]) == {}


figures = st.builds(
    lambda low, more, most, open_: Figure(low, low + more, None if open_ else low + more + most),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 50),
    st.booleans(),
)
tellers = st.sampled_from([(None, None), ("the army", "a"), ("ISIS", "b"), ("a monitor", None), ("residents", None)])
told = st.lists(
    st.builds(
        lambda n, killed, who, day: Account(n, n[0], who[0], who[1], killed, date(2017, 5, day)),
        st.text("pqrs", min_size=2, max_size=2),
        st.dictionaries(st.sampled_from(["a", "b", "civilians", "unknown"]), figures, max_size=3),
        tellers,
        st.integers(1, 28),
    ),
    max_size=6,
    unique_by=lambda one: one.report_id,
)


@given(told, st.randoms(use_true_random=False))
def test_bounds_hold_the_best_and_the_order_of_reports_does_not_matter(accounts: list[Account], random: object) -> None:
    found = deaths(accounts)
    low, best, high = (found.get(f"deaths_{name}") for name in ("low", "best", "high"))
    assert low is None or best is None or low <= best
    assert best is None or high is None or best <= high
    shuffled = list(accounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert deaths(shuffled) == found


def test_the_deaths_of_the_release_follow_from_its_reports() -> None:
    tables = {name: ce.load(name).to_pylist() for name in ("events", "reports", "casualties", "sources")}
    wrong = [
        event["event_id"]
        for event, figures in zip(tables["events"], standing(tables["events"], tables).values(), strict=True)
        if figures != {name: n for name, n in event.items() if name.startswith("deaths_") and n is not None}
    ]
    assert wrong == []
