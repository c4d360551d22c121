"""Sums of periods as steps over time, and what was not looked at behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from conflict_events.plot import paper
from conflict_events.plot.periods import Array, Periods

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes


def draw(ax: Axes, periods: Periods, measure: str, shares: Array | None) -> list[Artist]:
    """Draws, and returns what the legend explains. shares: of the places, which were looked at; None: not known."""
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
    for mask, label, hatch in ((blind, "not looked at", "////"), (~blind & (shares < 1), "looked at in part", "")):
        if mask.any():
            over = np.where(mask, 1.0, np.nan)
            patch = ax.stairs(over, edges, fill=True, transform=ax.get_xaxis_transform(), zorder=0, label=label)
            patch.set(facecolor=paper.GREY, edgecolor=paper.GREY, alpha=0.2, hatch=hatch, linewidth=0)
            drawn.append(patch)
    return drawn


def _time_axis(ax: Axes, edges: Any) -> None:
    from matplotlib import dates

    formats = ["%Y", "%b\n%Y", "%d %b\n%Y", "%d %b\n%Y", "%d %b\n%Y", "%d %b\n%Y"]
    inches = ax.get_window_extent().width / ax.figure.get_figure(root=True).dpi
    ticks = max(5, min(9, int(inches * 1.5)))
    locator = dates.AutoDateLocator(minticks=2, maxticks=ticks)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    shown = dates.ConciseDateFormatter(locator, None, formats, zero_formats=formats)  # type: ignore[no-untyped-call]
    shown.offset_formats = [""] * 6  # the year stands beside each month
    ax.xaxis.set_major_formatter(shown)
    spare = max(0, 8 - (len(edges) - 1)) * (edges[1] - edges[0]) / 2  # a few periods keep the width of one of eight
    ax.set_xlim(edges[0] - spare, edges[-1] + spare)
