"""ce.plot.timeline: what is drawn are the macros' sums, zero is not unknown, and nothing is dropped in silence."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.ml import UCDP_GED, Coverage
from tests.plot.made import Rows, Write, caption, event

MAY = date(2016, 5, 4)


def steps(ax: Axes, label: str) -> Any:
    """(values, edges, baseline) of the one artist of that label."""
    (found,) = [patch for patch in ax.patches if patch.get_label() == label]
    values, edges, baseline = found.get_data()  # type: ignore[attr-defined]
    return values, np.datetime64("1970-01-01") + np.asarray(edges).astype(int), baseline


def labels(ax: Axes) -> set[str]:
    legend = ax.get_legend()
    return set() if legend is None else {text.get_text() for text in legend.get_texts()}


def test_deaths_of_the_shipped_events_are_those_of_the_macro() -> None:
    ax = ce.plot.timeline()
    sums = ce.sql(
        "SELECT month, sum(deaths_low), sum(deaths_best), sum(deaths_high) FROM country_month(spanning := 'days') "
        "GROUP BY month ORDER BY month"
    ).fetchall()
    best, edges, _ = steps(ax, "best figures")
    high, _, low = steps(ax, "from low to high")
    assert len(edges) == len(sums) + 1
    for drawn, n in ((low, 1), (best, 2), (high, 3)):
        assert drawn == pytest.approx([row[n] for row in sums])
    assert caption(ax).startswith("2,864 events, 2,459 of them without a figure of deaths. ")
    assert caption(ax).endswith("Data: conflict-events 2026.11.0, CC BY 4.0.")


@pytest.mark.parametrize("by", ["month", "week", "day"])
def test_a_month_with_events_outside_the_coverage_is_looked_at_in_part(by: str) -> None:
    ax = ce.plot.timeline(by=by, measure="events")
    partly, edges, _ = steps(ax, "looked at in part")
    begun = np.asarray(edges[:-1])[np.asarray(partly) == 1]
    # October 2016 was read from the 17th only, and has events before
    assert begun.max() < np.datetime64("2016-11-07")
    assert "not looked at" not in labels(ax) or by == "day"


def test_a_month_looked_at_is_zero_and_one_not_looked_at_is_hatched(written: Write) -> None:
    path = written([event(deaths_best=4), event(MAY), event(date(2016, 8, 1), deaths_best=1)])
    seen = [Coverage(date(2016, 1, 1), date(2016, 6, 30), "IRQ"), Coverage(date(2016, 8, 1), date(2016, 8, 1), "SYR")]
    ax = ce.plot.timeline(path, coverage=seen)
    best, _, _ = steps(ax, "best figures")
    #                               Mar Apr May       Jun Jul       Aug
    assert best == pytest.approx([4, 0, math.nan, 0, math.nan, 1], nan_ok=True)
    assert steps(ax, "not looked at")[0] == pytest.approx([*[math.nan] * 4, 1, math.nan], nan_ok=True)
    # August's coverage is of a place where none of the events lies
    assert steps(ax, "looked at in part")[0] == pytest.approx([*[math.nan] * 5, 1], nan_ok=True)
    assert "events, but no figure" in labels(ax)


def test_a_month_in_which_some_places_only_were_looked_at_is_shaded(written: Write) -> None:
    path = written([event(deaths_best=1), event(MAY, country="SYR", deaths_best=1)])
    seen = [Coverage(date(2016, 3, 1), date(2016, 5, 1), "SYR"), Coverage(date(2016, 3, 1), date(2016, 3, 1), "IRQ")]
    ax = ce.plot.timeline(path, coverage=seen)
    assert steps(ax, "looked at in part")[0] == pytest.approx([math.nan, 1, 1], nan_ok=True)


def test_a_source_of_which_no_coverage_is_told_says_nothing_of_zero(written: Write) -> None:
    path = written([event(deaths_best=4), event(MAY, deaths_best=1)])
    ax = ce.plot.timeline(path, measure="events")
    assert steps(ax, "events")[0] == pytest.approx([1, math.nan, 1], nan_ok=True)
    assert "a gap is not zero" in caption(ax)
    world = ce.plot.timeline(path, measure="events", coverage=UCDP_GED)
    assert steps(world, "events")[0] == pytest.approx([1, 0, 1])
    assert "a gap is not zero" not in caption(world)


def test_what_cannot_be_drawn_is_counted(written: Write) -> None:
    path = written(
        [event(deaths_best=4), event(None), event(None), event(record_status="claim"), event(date(2011, 1, 1))]
    )
    ax = ce.plot.timeline(path, first=date(2016, 1, 15))
    assert "2 events without a date: not drawn" in caption(ax)
    assert "1 event before or after: not drawn" in caption(ax)
    assert "1 claim or withdrawn event left out" in caption(ax)
    assert steps(ax, "best figures")[1][0] == np.datetime64("2016-01-01")


def test_events_that_span_periods_are_counted_and_the_policy_is_said(written: Write) -> None:
    path = written([event(date(2016, 3, 31), date(2016, 4, 3), deaths_best=4)])
    drawn = {}
    for spanning in ("days", "even", "first"):
        ax = ce.plot.timeline(path, spanning=spanning)
        assert "1 event over more than one month" in caption(ax)
        drawn[spanning] = list(steps(ax, "best figures")[0])
    assert drawn == {"days": [1, 3], "even": [2, 2], "first": [4]}
    with pytest.raises(UsageError, match="no event is left to draw: 1 over more than one month"):
        ce.plot.timeline(path, spanning="drop")


def test_days_and_weeks_keep_the_total_and_begin_on_mondays(written: Write) -> None:
    path = written([event(date(2016, 12, 28), date(2017, 1, 3), deaths_best=7, deaths_low=7, deaths_high=14)])
    days, _, _ = steps(ce.plot.timeline(path, by="day"), "best figures")
    assert list(days) == pytest.approx([1] * 7)
    ax = ce.plot.timeline(path, by="week")
    weeks, edges, _ = steps(ax, "best figures")
    assert list(weeks) == pytest.approx([5, 2])
    assert edges[0] == np.datetime64("2016-12-26")
    assert list(steps(ax, "from low to high")[0]) == pytest.approx([10, 4])


def test_an_open_high_is_said(written: Write) -> None:
    ax = ce.plot.timeline(written([event(deaths_best=4), event(deaths_best=1, deaths_high=3)]))
    assert "1 of the figures have no highest, so high is at least that" in caption(ax)


DAYS = st.integers(0, 700).map(lambda n: date(2015, 1, 1) + timedelta(n))
ONE = st.builds(
    lambda day, length, best: {**event(day, day and day + timedelta(length)), "deaths_best": best},
    st.none() | DAYS,
    st.integers(0, 100),
    st.none() | st.integers(0, 50),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ONE, min_size=1, max_size=8), spanning=st.sampled_from(["days", "even", "first", "last", "drop"]))
def test_periods_of_any_length_keep_the_totals_and_months_are_those_of_event_months(
    written: Write, rows: Rows, spanning: str
) -> None:
    from conflict_events.plot.periods import summed
    from conflict_events.plot.selection import selected

    path = written(rows)
    with selected(path, None, False, None) as selection:
        of = f"event_months(spanning := '{spanning}')"
        months = dict(selection.rows(f"SELECT month, sum(share) FROM {of} WHERE month IS NOT NULL GROUP BY 1"))
        deaths = selection.rows(f"SELECT coalesce(sum(share * deaths_best), 0) FROM {of} WHERE month IS NOT NULL")[0][0]
        if not months:
            with pytest.raises(UsageError, match="no event is left to draw"):
                summed(selection, "month", spanning, None, None)
            return
        # an event within a month may span weeks, and be dropped there alone
        units = ("month",) if spanning == "drop" else ("month", "week", "day")
        by = {unit: summed(selection, unit, spanning, None, None) for unit in units}
        drawn = dict(zip(by["month"].edges.tolist(), by["month"].values["events"].tolist(), strict=False))
        assert {day: n for day, n in drawn.items() if not math.isnan(n)} == pytest.approx(months)
        for periods in by.values():
            assert np.nansum(periods.values["best"]) == pytest.approx(deaths)
            if spanning != "drop":
                assert np.nansum(periods.values["events"]) + periods.undated == pytest.approx(len(rows))
