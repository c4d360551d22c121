"""Events and deaths summed over months, weeks or days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conflict_events.errors import UsageError
from conflict_events.plot.selection import Selection

Array = NDArray[Any]

BY = ("month", "week", "day")
SPANNING = ("days", "even", "first", "last", "drop")

# The policies of the macro event_months, for periods of any length; with month it gives what event_months does.
_SPREAD = """
SELECT
    s.* EXCLUDE (periods),
    unnest(s.periods) AS period,
    len(s.periods) AS touched
FROM (
    SELECT
        d.*,
        CASE
            WHEN d.spans AND '{spanning}' = 'drop' THEN [CAST(NULL AS TIMESTAMP)]
            WHEN d.spans AND '{spanning}' IN ('even', 'days')
                THEN generate_series(d.first_period, d.last_period, INTERVAL 1 {by})
            WHEN '{spanning}' = 'last' THEN [coalesce(d.last_period, d.first_period)]
            ELSE [d.first_period]
        END AS periods
    FROM (
        SELECT
            e.date_start, e.date_end, e.deaths_low, e.deaths_best, e.deaths_high,
            date_trunc('{by}', CAST(e.date_start AS TIMESTAMP)) AS first_period,
            date_trunc('{by}', CAST(e.date_end AS TIMESTAMP)) AS last_period,
            coalesce(date_trunc('{by}', e.date_end) > date_trunc('{by}', e.date_start), false) AS spans
        FROM counted_events({counting}) AS e
    ) AS d
) AS s
"""

_SUMS = """
SELECT
    CAST(p.period AS DATE) AS period,
    sum(p.share) AS events,
    sum(p.share * bounded_low(p.deaths_low, p.deaths_best)) AS low,
    sum(p.share * p.deaths_best) AS best,
    sum(p.share * coalesce(p.deaths_high, p.deaths_best)) AS high,
    coalesce(sum(p.share) FILTER (WHERE p.spans), 0) AS spanning,
    coalesce(sum(p.share) FILTER (WHERE p.date_start IS NULL), 0) AS undated
FROM (
    SELECT
        e.*,
        CASE
            WHEN e.period IS NULL OR NOT e.spans OR '{spanning}' IN ('first', 'last') THEN 1.0
            WHEN '{spanning}' = 'even' THEN 1.0 / e.touched
            ELSE (
                least(e.date_end + 1, CAST(e.period + INTERVAL 1 {by} AS DATE))
                - greatest(e.date_start, CAST(e.period AS DATE))
            ) / CAST(e.date_end - e.date_start + 1 AS DOUBLE)
        END AS share
    FROM ({spread}) AS e
) AS p
GROUP BY ALL
ORDER BY period
"""


@dataclass(frozen=True, slots=True)
class Periods:
    """`edges`: days on which the periods begin, and the one after the last. `values`: events, and deaths low, best and
    high of each period, NaN where it has no event, or none that gives a figure. undated, spanning, outside: events."""

    edges: Array
    values: dict[str, Array]
    undated: float
    spanning: float
    outside: float


def summed(selection: Selection, by: str, spanning: str, first: date | None, last: date | None) -> Periods:
    """The sums of all periods from that of `first` to that of `last`; None for those of the first and last event.

    Raises UsageError where no event has a date in them.
    """
    spread = _SPREAD.format(by=by, spanning=spanning, counting=selection.counting)
    found = selection.numpy(_SUMS.format(by=by, spanning=spanning, spread=spread))
    dated = ~np.isnat(found["period"])
    days = found["period"][dated].astype("datetime64[D]")
    low = days.min() if first is None and dated.any() else _truncated(first, by)
    high = days.max() if last is None and dated.any() else _truncated(last, by)
    if np.isnat(low) or np.isnat(high):
        left = ", ".join(
            f"{found[why].sum():,.0f} {said}"
            for why, said in (("undated", "without a date"), ("spanning", f"over more than one {by}"))
            if found[why].sum()
        )
        raise UsageError(f"no event is left to draw: {left}")
    if high < low:
        raise UsageError(f"the picture ends in {high}, before it begins in {low}")
    edges = _edges(low, high, by)
    inside = (days >= low) & (days <= high)
    if not inside.any():
        raise UsageError(f"no event matches from {low} to {edges[-1] - 1}")
    where = np.searchsorted(edges, days[inside])
    values = {}
    for name in ("events", "low", "best", "high"):
        values[name] = np.full(len(edges) - 1, np.nan)
        values[name][where] = found[name][dated][inside]
    outside = float(found["events"][dated][~inside].sum())
    return Periods(edges, values, float(found["undated"].sum()), float(found["spanning"].sum()), outside)


def _truncated(day: date | None, by: str) -> Any:
    """The day on which the period of `day` begins."""
    if day is None:
        return np.datetime64("NaT")
    one = np.datetime64(day, "D")
    if by == "month":
        return one.astype("datetime64[M]").astype("datetime64[D]")
    return one - day.weekday() if by == "week" else one


def _edges(low: Any, high: Any, by: str) -> Array:
    if by == "month":
        months = np.arange(low.astype("datetime64[M]"), high.astype("datetime64[M]") + 2)
        return months.astype("datetime64[D]")
    step = 7 if by == "week" else 1
    return np.arange(low, high + 2 * step, step)
