"""ce.plot.sides: the bars add up to all events and deaths."""

from __future__ import annotations

import pytest
from matplotlib.axes import Axes

import conflict_events as ce
from conflict_events.errors import UsageError
from tests.plot.made import Write, caption, event


def bars(ax: Axes) -> dict[str, float]:
    """The length of each bar by its label."""
    (drawn,) = ax.containers
    names = [label.get_text() for label in ax.get_yticklabels()]
    return dict(zip(names, [bar.get_width() for bar in drawn.patches], strict=True))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("measure", "total"), [("events", "count(*)"), ("deaths", "sum(deaths_best)")])
def test_the_bars_of_the_shipped_events_add_up_to_all(measure: str, total: str) -> None:
    drawn = bars(ce.plot.sides(measure=measure, top=4))
    assert sum(drawn.values()) == ce.sql(f"SELECT {total} FROM counted_events()").fetchall()[0][0]
    assert len(drawn) == 6
    column = {"events": "n_events", "deaths": "deaths_best"}[measure]
    first = ce.sql(
        f"SELECT side_1, side_2, sum({column}) AS n FROM dyad_history() GROUP BY ALL ORDER BY n DESC LIMIT 1"
    ).fetchall()[0]
    assert next(iter(drawn.items())) == (f"{first[0]} – {first[1]}", first[2])


def test_pairs_others_and_unknown_sides_have_a_bar_each(written: Write) -> None:
    rows = [
        *[event(side_a="North", side_b="South", deaths_best=2, deaths_low=1, deaths_high=9)] * 3,
        event(side_a="South", side_b="North"),
        event(side_a="East", side_b="South", deaths_best=50),
        event(side_a="East", side_b="West"),
        event(side_a="North", deaths_best=5),
    ]
    path = written(rows)
    ax = ce.plot.sides(path, top=1)
    assert bars(ax) == {"North – South": 4, "2 other pairs": 2, "a side unknown": 1}
    assert caption(ax) == ("7 events, 2 of them without a figure of deaths. A side unknown in 1. Data: mine.")
    ax = ce.plot.sides(path, top=1, measure="deaths")
    assert bars(ax) == {"East – South": 50, "2 other pairs": 6, "a side unknown": 5}
    assert "6 (3 to 27)" in [text.get_text() for text in ax.texts]


def test_a_pair_without_a_figure_says_so_rather_than_zero(written: Write) -> None:
    ax = ce.plot.sides(
        written([event(side_a="A", side_b="B"), event(side_a="A", side_b="C", deaths_best=0)]), measure="deaths"
    )
    assert [text.get_text() for text in ax.texts] == ["0", "no figure"]


def test_a_wrong_number_of_pairs_is_refused() -> None:
    with pytest.raises(UsageError, match="top is 0"):
        ce.plot.sides(top=0)


def test_figures_end_within_the_picture() -> None:
    ax = ce.plot.sides(measure="deaths")
    right = ax.get_window_extent().x1
    assert all(text.get_window_extent().x1 <= right for text in ax.texts)
