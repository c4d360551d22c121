"""Events or deaths over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.plot import looked, paper
from conflict_events.plot.periods import BY, SPANNING, Array, Periods, summed
from conflict_events.plot.selection import Selection, counted, selected

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from conflict_events.ml.coverage import Coverage
    from conflict_events.query.source import Source

MEASURES = ("deaths", "events")

_SPREAD = {
    "days": "shared out by their days",
    "even": "shared out evenly",
    "first": "counted in the first",
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
        shares, `first` in the first, `drop` nowhere.
    coverage: where and when the source looked (`ml.UCDP_GED`, `ml.Coverage`); None is `ml.shipped()` for the shipped
        events and not known for others. A period looked at is zero where nothing is told; one not looked at is hatched,
        one looked at in some of the places only, or with events outside the coverage, is shaded; and where the coverage
        is not known, a period without events is a gap.
    first, last: days in the first and the last period to draw; None for those of the events.

    Raises UsageError where no event matches, for a mix of origins, a wrong option or condition, and where matplotlib is
    not installed.
    """
    paper.installed()
    paper.one_of("by", by, BY)
    paper.one_of("measure", measure, MEASURES)
    paper.one_of("spanning", spanning, SPANNING)
    with selected(source, origin, dedupe, where) as selection:
        periods = summed(selection, by, spanning, first, last)
        if measure == "deaths":
            selection.demand_deaths()
        known = looked.told(source, coverage)
        shares = None
        if known is not None:
            shares = looked.share(selection, known, periods.edges[:-1], periods.edges[1:] - 1)
    ax = paper.axes(ax)
    legend = _drawn(ax, periods, measure, shares)
    ax.set_ylabel(f"{measure} per {by}")
    title = selection.title(f"{measure.capitalize()} by {by}")
    caption = selection.caption(*_notes(selection, periods, by, measure, spanning, known is None))
    paper.finish(ax, title, caption, legend, columns=5)
    return ax


def _drawn(ax: Axes, periods: Periods, measure: str, shares: Array | None) -> list[Artist]:
    """Draws, and returns what the legend explains."""
    edges: Any = periods.edges
    events = periods.values["events"]
    empty = np.isnan(events)
    values = {name: one.copy() for name, one in periods.values.items()}
    legend: list[Artist] = []
    if measure == "events":
        values["events"][_zero(empty, shares)] = 0
        ax.stairs(values["events"], edges, fill=True, color=paper.SKY, alpha=0.5)
        ax.stairs(values["events"], edges, color=paper.BLUE, linewidth=1.2, label="events")
    else:
        for name in ("low", "best", "high"):
            values[name][_zero(empty, shares)] = 0
        band = ax.stairs(values["high"], edges, baseline=values["low"], fill=True, color=paper.SKY, alpha=0.5)
        best = ax.stairs(values["best"], edges, color=paper.BLUE, linewidth=1.2)
        best.set_label("best figures")
        band.set_label("from low to high")
        legend += [best, band]
        silent = ~empty & np.isnan(values["best"])
        if silent.any():
            middle = edges[:-1] + (edges[1:] - edges[:-1]) // 2
            legend += ax.plot(
                middle[silent], np.zeros(silent.sum()), linestyle="", marker="|", markersize=7, clip_on=False,
                color=paper.GREY, label="events, but no figure",
            )  # fmt: skip
    if shares is not None:
        legend += _shaded(ax, edges, empty, shares)
    paper.count_axis(ax.yaxis)
    ax.set_ylim(bottom=0)
    ax.spines[["top", "right"]].set_visible(False)
    _time_axis(ax, edges)
    return legend


def _zero(empty: Array, shares: Array | None) -> Array:
    """The periods without an event that are known to have none."""
    return np.zeros_like(empty) if shares is None else empty & (shares > 0)


def _shaded(ax: Axes, edges: Any, empty: Array, shares: Array) -> list[Artist]:
    """Marks what was not looked at, over the whole height."""
    blind = empty & (shares == 0)
    drawn: list[Artist] = []
    for mask, label, hatch, colour in (
        (blind, "not looked at", "////", "#F2F2F2"),
        (~blind & (shares < 1), "looked at in part", "", "#E6E6E6"),
    ):
        if mask.any():
            drawn.append(
                ax.stairs(
                    np.where(mask, 1.0, np.nan), edges, fill=True, transform=ax.get_xaxis_transform(), zorder=0,
                    facecolor=colour, edgecolor="#BBBBBB" if hatch else "none", hatch=hatch, linewidth=0, label=label,
                )  # fmt: skip
            )
    return drawn


def _time_axis(ax: Axes, edges: Any) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    formats = ["%Y", "%b %Y", "%d %b %Y", "%d %b %Y", "%d %b %Y", "%d %b %Y"]
    figure = ax.figure.get_figure(root=True)
    room = int(ax.get_window_extent().width / figure.dpi)  # inches: a day with its year takes nearly one
    locator = AutoDateLocator(minticks=2, maxticks=max(2, min(8, room)))
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(
        ConciseDateFormatter(locator, formats=formats, zero_formats=formats, show_offset=False)
    )
    spare = max(0, 8 - (len(edges) - 1)) * (edges[1] - edges[0]) / 2  # a few periods keep the width of one of eight
    ax.set_xlim(edges[0] - spare, edges[-1] + spare)


def _notes(
    selection: Selection, periods: Periods, by: str, measure: str, spanning: str, unknown: bool
) -> list[str]:
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
