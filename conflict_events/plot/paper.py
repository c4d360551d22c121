"""What all pictures share: the Axes, title and caption, colours, and names that are cut to fit.

Nothing global of Matplotlib is changed: every style is an artist's own. Text that comes from data or from the caller is
shown as it is (a dollar sign begins no formula).
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from conflict_events.errors import UsageError
from conflict_events.query.layout import columns_of, plain

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.text import Text

BLUE, SKY, ORANGE, GREEN, PURPLE, GREY = "#0072B2", "#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#7F7F7F"
"""Grey, and colours of Okabe and Ito that the colour-blind can tell apart (https://jfly.uni-koeln.de/color/)."""

SMALL = 8.0
_LEGEND_LINE = 14.0
"""Points that a line of the legend takes, above the picture."""


def axes(ax: Axes | None, width: float = 8.0, height: float = 4.6) -> Axes:
    """`ax`, or the Axes of a new figure of pyplot's, in inches. UsageError where Matplotlib is not installed."""
    try:
        from matplotlib import pyplot
        from matplotlib.axes import Axes as Known
    except ImportError:
        raise UsageError("matplotlib is not installed: pip install conflict-events[plot]") from None
    if ax is None:
        return pyplot.subplots(figsize=(width, height), layout="constrained")[1]
    if not isinstance(ax, Known):
        raise UsageError(f"ax is a {type(ax).__name__}: give Matplotlib's Axes, such as pyplot.subplots()[1]")
    return ax


def installed() -> None:
    """UsageError where Matplotlib is not installed, before anything is computed."""
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError:
        raise UsageError("matplotlib is not installed: pip install conflict-events[plot]") from None


def one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    """UsageError where an option is none of those known."""
    if value not in known:
        raise UsageError(f"{name} {value!r} is none of {', '.join(known)}")


def count_axis(axis: Axis) -> None:
    """Whole numbers, with thousands set apart."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axis.set_major_locator(MaxNLocator(6, integer=True))
    axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def cut(text: str, columns: int) -> str:
    """The text on one line, control characters escaped, cut with an ellipsis to so many columns of a terminal."""
    text = plain(text)
    if columns_of(text) <= columns:
        return text
    while columns_of(text) > columns - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def finish(ax: Axes, title: str, caption: str, legend: list[Artist] | None = None, columns: int = 3) -> None:
    """Title and legend above, the caption below (as the label of the x axis), fitted to the width of the picture."""
    style = {"fontsize": 11, "fontweight": "bold"}
    heading = ax.set_title(title, style, loc="left", parse_math=False)
    foot = ax.set_xlabel(caption, loc="left", fontsize=SMALL, alpha=0.75, parse_math=False, labelpad=6)
    foot.set_multialignment("left")
    figure = ax.figure.get_figure(root=True)
    for _ in range(2):  # the width of the picture is known once it is laid out, and the caption changes the layout
        figure.draw_without_rendering()
        room = ax.get_window_extent().width
        _wrap(foot, caption, room)
        _shorten(heading, title, room)
        lines = _legend(ax, legend, columns, room) if legend else 0
        ax.set_title(heading.get_text(), style, loc="left", pad=8 + lines * _LEGEND_LINE, parse_math=False)
    figure.draw_without_rendering()


def _legend(ax: Axes, handles: list[Artist], columns: int, room: float) -> int:
    """The legend in as many columns as fit; how many lines it takes. The layout reserves its height by the title."""
    for number in range(columns, 0, -1):
        shown = ax.legend(
            handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=number, frameon=False, fontsize=SMALL,
            borderaxespad=0.2, handlelength=1.6, columnspacing=1.4, handletextpad=0.6, labelspacing=0.35,
        )  # fmt: skip
        shown.set_in_layout(False)
        for text in shown.get_texts():
            text.set_parse_math(False)
        if shown.get_window_extent().width <= room:
            break
    return -(-len(handles) // number)


def _wrap(text: Text, content: str, room: float) -> None:
    letters = max(len(content), 1)
    while letters > 12:
        text.set_text("\n".join(textwrap.wrap(content, letters)))
        wide = text.get_window_extent().width
        if wide <= room:
            return
        letters = min(letters - 1, int(letters * room / wide) + 1)


def _shorten(text: Text, content: str, room: float) -> None:
    text.set_text(content)
    kept = columns_of(content)
    while kept > 12 and (wide := text.get_window_extent().width) > room:
        kept = min(kept - 1, int(kept * room / wide) + 1)
        text.set_text(cut(content, kept))
