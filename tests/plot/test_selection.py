"""What all pictures share: which events they show, what they refuse, and what they leave as it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import pyarrow.parquet as pq
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.targets.arrow import to_table
from tests.plot.made import REQUIRED, Write, at, caption

Draw = Callable[..., Axes]
ALL = pytest.mark.parametrize("draw", [ce.plot.timeline, ce.plot.map, ce.plot.sides])


def full(**more: Any) -> dict[str, Any]:
    return at(35, 43, **{"side_a": "A", "side_b": "B", "deaths_best": 3, **more})


@ALL
def test_where_chooses_the_events_and_is_said_in_the_title(draw: Draw, written: Write) -> None:
    path = written([full(), full(country="SYR"), full(country="SYR")])
    ax = draw(path, where="country = 'SYR'")
    assert caption(ax).startswith("2 events")
    assert ax.get_title("left").endswith("where country = 'SYR'")
    inner = "event_id IN (SELECT min(event_id) FROM events) -- all"
    assert caption(draw(path, where=inner)).startswith("1 event.")


@ALL
@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("contry = 'IRQ'", 'column "contry" not found'),
        ("country =", "syntax error"),
        ("country", "Could not convert"),
        ("sum(deaths_best) > 1", "cannot contain aggregates"),
        (" ", "where is empty"),
        ("country = 'XXX'", "no event of .* matches where"),
    ],
)
def test_a_wrong_condition_is_one_clear_line(draw: Draw, written: Write, where: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        draw(written([full()]), where=where)
    assert "\n" not in str(error.value)
    assert "where" in str(error.value)
    assert not pyplot.get_fignums()


@ALL
def test_a_mix_of_origins_is_refused_as_the_macro_does_unless_one_is_said(draw: Draw, written: Write) -> None:
    path = written([full(event_cluster_id="c"), full(event_cluster_id="c", origin="other"), full()])
    with pytest.raises(UsageError, match=r"events mixes origins \(mine, other\).*say origin := 'NAME'"):
        draw(path)
    assert caption(draw(path, origin="mine")).startswith("2 events")
    ax = draw(path, dedupe=True)
    assert caption(ax).startswith("2 events")
    assert "1 event left out as another of the same cluster. Data: mine" in caption(ax)
    with pytest.raises(UsageError, match="nothing to count of origin 'nobody'"):
        draw(path, origin="nobody")


@ALL
def test_where_there_is_nothing_to_count_it_says_why(draw: Draw, written: Write) -> None:
    with pytest.raises(UsageError, match="all 2 that match are claims or withdrawn"):
        draw(written([full(record_status="claim")] * 2))
    with pytest.raises(UsageError, match=r"no event matches: .* has no events"):
        draw(written([]))


@ALL
def test_a_given_axes_is_drawn_on_and_returned(draw: Draw, written: Write) -> None:
    figure, (left, right) = pyplot.subplots(1, 2, layout="constrained")
    assert draw(written([full()]), ax=right) is right
    assert not left.has_data()
    assert pyplot.get_fignums() == [figure.number]
    with pytest.raises(UsageError, match="ax is a Figure"):
        draw(written([full()]), ax=figure)


@ALL
def test_nothing_global_changes_and_the_user_s_style_holds(draw: Draw, written: Write) -> None:
    path = written([full()])
    with matplotlib.rc_context({"font.size": 17, "axes.grid": True}):
        before = dict(matplotlib.rcParams)
        draw(path)
        assert dict(matplotlib.rcParams) == before
    assert len(pyplot.get_fignums()) == 1


@ALL
@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_a_picture_can_be_saved(draw: Draw, written: Write, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"picture.{format}"
    draw(written([full(side_a="الجيش العراقي", place_name="الموصل")])).figure.get_figure(root=True).savefig(path)
    assert path.stat().st_size > 1000


@ALL
def test_untrusted_text_is_shown_as_it_is(draw: Draw, written: Write, tmp_path: Path) -> None:
    name = "Side $\\frac{1}{$ \x1b[31m\u202eevil" + "long " * 100
    path = written([full(side_a=name, place_name=name, origin="$x^2$\n\x07")])
    ax = draw(path, where="side_b = 'B' AND '$x_1$' = '$x_1$'")
    ax.figure.get_figure(root=True).savefig(tmp_path / "picture.png")  # a formula that is none would fail here
    shown = [ax.title, ax._left_title, *ax.texts, *ax.get_yticklabels(), ax.xaxis.label]  # type: ignore[attr-defined]
    assert not any("\x1b" in text.get_text() or "\u202e" in text.get_text() for text in shown)
    assert "Data: $x^2$\\n\\x07." in caption(ax)
    width = ax.figure.get_figure(root=True).bbox.width
    assert all(text.get_window_extent().x1 <= width + 1 for text in shown)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ce.plot.timeline(by="year"), "by 'year' is none of month, week, day"),
        (lambda: ce.plot.timeline(measure="wounded"), "measure 'wounded' is none of deaths, events"),
        (lambda: ce.plot.timeline(spanning="x"), "spanning 'x' is none of days, even, first, last, drop"),
        (lambda: ce.plot.timeline(coverage=[]), "coverage is empty"),
        (lambda: ce.plot.sides(measure="x"), "measure 'x' is none of events, deaths"),
        (lambda: ce.plot.map("nowhere.parquet"), "nowhere.parquet"),
    ],
)
def test_a_wrong_option_names_those_there_are(call: Callable[[], Axes], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        call()


@pytest.mark.parametrize("draw", [ce.plot.timeline, ce.plot.sides])
def test_deaths_are_refused_where_no_event_gives_a_figure(draw: Draw, written: Write) -> None:
    with pytest.raises(UsageError, match="none of 2 events gives a figure of deaths"):
        draw(written([full(deaths_best=None)] * 2), measure="deaths")


@ALL
def test_a_missing_matplotlib_is_one_line(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(UsageError, match=r"^matplotlib is not installed: pip install conflict-events\[plot\]$"):
        draw()


def test_several_files_are_one_source(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        pq.write_table(
            to_table("events", [{"event_id": name, **REQUIRED, **full()}]), tmp_path / name / "events.parquet"
        )
    ax = ce.plot.sides([tmp_path / "a", tmp_path / "b"])
    assert caption(ax) == "2 events. Data: mine."


def test_the_package_loads_no_matplotlib_before_a_picture_is_asked_for() -> None:
    code = (
        "import sys, conflict_events as ce; assert 'conflict_events.plot' not in sys.modules; "
        "assert callable(ce.plot.map); assert 'matplotlib' not in sys.modules and 'plot' in dir(ce)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
