"""Who fought whom: the pairs of sides with the most events or deaths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conflict_events.errors import UsageError
from conflict_events.plot import paper
from conflict_events.plot.selection import Selection, counted, selected

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

    from conflict_events.query.source import Source

MEASURES = ("events", "deaths")

_NAMES = 7
"""Letters that the names of a pair may take for each inch of the picture."""
_FEWEST = 5
"""Bars that there is room for at least, so that one alone is no wall."""
_COLOURS = (paper.BLUE, paper.SKY, "#B3B3B3")

# dyad_history has the events of which a side is unknown under side_2 null; with them the bars add up to all events.
_BARS = """
WITH pairs AS (
    SELECT
        side_1, side_2, sum(n_events) AS events,
        sum(deaths_low) AS low, sum(deaths_best) AS best, sum(deaths_high) AS high
    FROM dyad_history({counting}) GROUP BY ALL
),
ranked AS (
    SELECT *, row_number() OVER (ORDER BY {measure} DESC NULLS LAST, events DESC, side_1, side_2) AS place
    FROM pairs WHERE side_2 IS NOT NULL
)
SELECT 0 AS kind, place, side_1, side_2, 1 AS pairs, events, low, best, high FROM ranked WHERE place <= {top}
UNION ALL
SELECT 1, NULL, NULL, NULL, count(*), sum(events), sum(low), sum(best), sum(high) FROM ranked WHERE place > {top}
UNION ALL
SELECT 2, NULL, NULL, NULL, 0, sum(events), sum(low), sum(best), sum(high) FROM pairs WHERE side_2 IS NULL
ORDER BY kind, place
"""


@dataclass(frozen=True, slots=True)
class _Bar:
    """A pair (kind 0), the other pairs (1), or the events of which a side is unknown (2)."""

    kind: int
    place: int | None
    side_1: str | None
    side_2: str | None
    pairs: int
    events: float
    low: float | None
    best: float | None
    high: float | None

    def label(self, room: int) -> str:
        """The names, cut to so many letters together."""
        if self.kind == 2:
            return "a side unknown"
        if self.kind == 1:
            return counted(self.pairs, "other pair")
        one, two = self.side_1 or "", self.side_2 or ""
        # a short name leaves its room to the other
        return f"{paper.cut(one, max(room // 2, room - len(two)))} – {paper.cut(two, max(room // 2, room - len(one)))}"

    @property
    def told(self) -> str:
        """The figures of deaths."""
        if self.best is None or self.low is None or self.high is None:
            return "no figure"
        best, low, high = (f"{one:,.0f}" for one in (self.best, self.low, self.high))
        return best if low == high else f"{best} ({low} to {high})"


def sides(
    source: Source | None = None,
    *,
    measure: str = "events",
    top: int = 10,
    origin: str | None = None,
    dedupe: bool = False,
    where: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The pairs of sides that fought, those with the most events or deaths first; returns the Axes.

    source, origin, dedupe: as in `connect` and the macros. where: a condition on events, such as "country = 'IRQ'".
    measure: `events`, or `deaths` of all sides together: the best figures, with a line from low to high (as in
        dyad_history). A pair is one whoever attacked.
    top: pairs with a bar of their own; the others share one, and the events of which a side is unknown another, so that
        the bars add up to all events.

    Raises UsageError where no event matches, for a mix of origins, a wrong option or condition, and where matplotlib is
    not installed.
    """
    paper.installed()
    paper.one_of("measure", measure, MEASURES)
    if top < 1:
        raise UsageError(f"top is {top}: give the number of pairs to draw, 1 or more")
    with selected(source, origin, dedupe, where) as selection:
        if measure == "deaths":
            selection.demand_deaths()
        order = "events" if measure == "events" else "best"
        rows = selection.rows(_BARS.format(counting=selection.counting, measure=order, top=int(top)))
    bars = [_Bar(*row) for row in rows if row[5]]
    ax = paper.axes(ax, height=1.6 + 0.3 * max(len(bars), _FEWEST))
    figures = _drawn(ax, bars, measure)
    title = selection.title(f"{measure.capitalize()} by pair of sides")
    paper.finish(ax, title, selection.caption(*_notes(selection, bars, measure)))
    _make_room(ax, figures)
    return ax


def _drawn(ax: Axes, bars: list[_Bar], measure: str) -> list[Annotation]:
    """Draws the bars, and returns the figures at their ends."""
    lengths = [bar.events if measure == "events" else bar.best or 0.0 for bar in bars]
    spots = list(range(len(bars)))
    ax.barh(spots, lengths, height=0.66, color=[_COLOURS[bar.kind] for bar in bars])
    ends = lengths
    if measure == "deaths":
        ends = [bar.high or 0.0 for bar in bars]
        ax.hlines(spots, [bar.low or 0.0 for bar in bars], ends, color=ax.xaxis.label.get_color())
    figures = []
    for spot, bar, length, end in zip(spots, bars, lengths, ends, strict=True):
        shown = bar.told if measure == "deaths" else f"{length:,.0f}"
        figures.append(
            ax.annotate(shown, (end, spot), (4, 0), textcoords="offset points", va="center", fontsize=paper.SMALL)
        )
        figures[-1].set_in_layout(False)
    room = int(_NAMES * ax.get_window_extent().width / ax.figure.get_figure(root=True).dpi)
    ax.set_yticks(spots, [bar.label(room) for bar in bars], parse_math=False, fontsize=paper.SMALL + 1)
    ax.set_ylim(max(len(bars), _FEWEST) - 0.4, -0.6)
    ax.set_xlim(0, max([*ends, 1]))
    paper.count_axis(ax.xaxis)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    return figures


def _make_room(ax: Axes, figures: list[Annotation]) -> None:
    """Lengthen the axis until every figure ends within the picture."""
    width = ax.get_window_extent().width
    spare = [max(width - one.get_window_extent().width - 10, width / 4) for one in figures]
    ax.set_xlim(0, max([1.0, *(one.xy[0] * width / left for one, left in zip(figures, spare, strict=True))]))


def _notes(selection: Selection, bars: list[_Bar], measure: str) -> list[str]:
    notes = [f"A side unknown in {bar.events:,.0f}" for bar in bars if bar.kind == 2]
    if measure == "deaths":
        notes += [*selection.open_bounds(), "Best figures, with lines from low to high"]
    return notes
