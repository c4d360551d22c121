"""Events or deaths over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from conflict_events.plot import looked, paper, steps
from conflict_events.plot.periods import BY, SPANNING, Periods, summed
from conflict_events.plot.selection import Selection, counted, selected

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from conflict_events.ml.coverage import Coverage
    from conflict_events.query.source import Source

MEASURES = ("deaths", "events")

_SPREAD = {
    "days": "shared out by their days",
    "even": "shared out evenly",
    "first": "counted in the first",
    "last": "counted in the last",
    "drop": "not drawn",
}


def timeline(
    source: Source | None = None,
    *,
    by: str = "month",
    measure: str = "deaths",
    spanning: str = "days",
    coverage: Sequence[Coverage] | None = None,
    first: date | None = None,
    last: date | None = None,
    origin: str | None = None,
    dedupe: bool = False,
    where: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Deaths or events by month, week (from Monday) or day; returns the Axes.

    source, origin, dedupe: as in `connect` and the macros. where: a condition on events, such as "country = 'IRQ'".
    measure: `deaths` draws the sum of the best figures with a band from low to high (bounds as in country_month);
        `events` draws their number.
    spanning: where an event counts that touches several periods: `days` in shares by its days in each, `even` in equal
        shares, `first` in the first, `last` in the last, `drop` nowhere.
    coverage: where and when the source looked (`ml.UCDP_GED`, `ml.Coverage`); None for what its table `coverage` says,
        and not known where that has no row. A period looked at is zero where nothing is told; one not looked at is
        hatched, one looked at in some of the places only, or with events outside the coverage, is shaded; and where the
        coverage is not known, a period without events is a gap.
    first, last: days in the first and the last period to draw; None for those of the events.

    Raises UsageError where no event matches, for a mix of origins, a wrong option or condition, and where matplotlib is
    not installed.
    """
    paper.installed()
    paper.one_of("by", by, BY)
    paper.one_of("measure", measure, MEASURES)
    paper.one_of("spanning", spanning, SPANNING)
    with selected(source, origin, dedupe, where) as selection:
        known = looked.told(selection, coverage, origin)
        periods = summed(selection, by, spanning, first, last)
        if measure == "deaths":
            selection.demand_deaths()
        shares = None
        if known is not None:
            shares = looked.share(selection, known, periods.edges[:-1], periods.edges[1:] - 1)
    ax = paper.axes(ax)
    legend = steps.draw(ax, periods, measure, shares)
    ax.set_ylabel(f"{measure} per {by}")
    title = selection.title(f"{measure.capitalize()} by {by}")
    caption = selection.caption(*_notes(selection, periods, by, measure, spanning, known is None))
    paper.finish(ax, title, caption, legend, columns=5)
    return ax


def _notes(selection: Selection, periods: Periods, by: str, measure: str, spanning: str, unknown: bool) -> list[str]:
    notes: list[str] = []
    if measure == "deaths":
        notes += selection.open_bounds()
    if periods.spanning:
        notes.append(f"{counted(periods.spanning, 'event')} over more than one {by}: {_SPREAD[spanning]}")
    if periods.undated:
        notes.append(f"{counted(periods.undated, 'event')} without a date: not drawn")
    if periods.outside:
        notes.append(f"{counted(periods.outside, 'event')} before or after: not drawn")
    if unknown:
        notes.append("When the source looked is not told: a gap is not zero")
    return notes
