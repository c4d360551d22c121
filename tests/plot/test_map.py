"""ce.plot.map: every event is a part of a mark or counted below, areas go with deaths, and any place can be drawn."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from matplotlib.axes import Axes

import conflict_events as ce
from conflict_events.errors import UsageError
from conflict_events.plot.borders import borders
from conflict_events.plot.marks import KINDS
from conflict_events.plot.view import around
from tests.plot.made import Write, at, caption, event


def marks(ax: Axes) -> list[tuple[str, float, float, float]]:
    """Kind, longitude, latitude and area of each mark."""
    return [
        (str(drawn.get_gid()), round(float(x), 3), round(float(y), 3), float(area))
        for drawn in ax.collections
        if drawn.get_gid() in KINDS
        for (x, y), area in zip(np.asarray(drawn.get_offsets()), drawn.get_sizes(), strict=True)  # type: ignore[attr-defined]
    ]


def legend(ax: Axes) -> list[str]:
    shown = ax.get_legend()
    assert shown is not None
    return [text.get_text() for text in shown.get_texts()]


def test_the_shipped_events_are_marks_or_counted_below() -> None:
    ax = ce.plot.map()
    points = ce.sql(
        "SELECT DISTINCT event_type, longitude, latitude FROM counted_events() "
        "WHERE where_precision <= 3 AND latitude IS NOT NULL"
    ).fetchall()
    assert {mark[:3] for mark in marks(ax)} == {(kind, round(x, 3), round(y, 3)) for kind, x, y in points}
    drawn = [int(text.rsplit("(", 1)[1].rstrip(")").replace(",", "")) for text in legend(ax) if "(" in text]
    assert sum(drawn) + 335 + 13 == 2864
    assert "335 without a point: not drawn. 13 known to a province or country only: not drawn." in caption(ax)
    assert "Borders: Natural Earth" in caption(ax)


def test_areas_go_with_the_deaths_at_a_point(written: Write) -> None:
    path = written([at(35, 43, deaths_best=30), at(35, 43, deaths_best=10), at(36, 44, deaths_best=80), at(36, 42)])
    found = {(x, y): area for _, x, y, area in marks(ce.plot.map(path, names=False))}
    assert found[44, 36] == pytest.approx(2 * found[43, 35])
    assert found[42, 36] < found[43, 35]


def test_types_that_ucdp_tells_stand_for_event_types_that_are_not_told(written: Write) -> None:
    rows = [at(35, 43, event_type=None, violence_type=n) for n in (1, 2, 3, None)]
    assert legend(ce.plot.map(written(rows), names=False)) == [
        "state-based violence (1)", "non-state violence (1)", "one-sided violence (1)", "other or no type (1)",
    ]  # fmt: skip


def test_what_is_known_to_a_province_only_is_counted_or_hollow(written: Write) -> None:
    path = written([at(35, 43), at(36, 44, where_precision=4), event(where_precision=6)])
    ax = ce.plot.map(path, names=False)
    assert [mark[1:3] for mark in marks(ax)] == [(43, 35)]
    assert "1 without a point: not drawn. 1 known to a province or country only: not drawn" in caption(ax)
    ax = ce.plot.map(path, names=False, hollow=True)
    (hollow,) = [one for one in ax.collections if one.get_gid() in KINDS and len(one.get_facecolor()) == 0]
    assert np.asarray(hollow.get_offsets()).tolist() == [[44, 36]]
    assert "1 known to a province or country only: hollow" in caption(ax)
    with pytest.raises(UsageError, match="hollow=True draws the 1"):
        ce.plot.map(path, where="where_precision = 4")


def test_events_without_a_point_on_the_earth_are_refused_where_none_has_one(written: Write) -> None:
    with pytest.raises(UsageError, match="none of 2 events has a point"):
        ce.plot.map(written([event(), at(95, 20)]))


@pytest.mark.parametrize(
    "points",
    [
        [(36.3, 43.1)],
        [(90, 0)],
        [(-90, 180)],
        [(-17, 179.5), (-16, -179)],
        [(60, -150), (-40, 170), (10, 20)],
        [(0, -180)],
    ],
)
def test_any_points_are_in_view_with_room_around(written: Write, points: list[tuple[float, float]]) -> None:
    ax = ce.plot.map(written([at(*point) for point in points]))
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    assert all(west <= x <= east and south <= y <= north for _, x, y, _ in marks(ax))
    assert len(marks(ax)) == len(points)
    assert north - south >= 1.5 - 1e-9
    assert east - west <= 360
    assert -90 <= south < north <= 90


def test_points_on_both_sides_of_longitude_180_are_near_each_other() -> None:
    view = around(np.array([179.5, -179.0]), np.array([-17.0, -16.0]))
    assert 170 < view.west < 179.5
    assert 181 < view.east < 190


def test_names_lie_in_the_picture_and_never_over_each_other() -> None:
    ax = ce.plot.map()
    boxes = [text.get_window_extent() for text in ax.texts]
    frame = ax.get_window_extent()
    assert {"Mosul", "Aleppo", "Baghdad", "Iraq", "Syria"} <= {text.get_text() for text in ax.texts}
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    assert not ce.plot.map(names=False).texts


def test_very_many_points_are_summed_over_cells(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    made = duckdb.sql(
        "SELECT 'e' || i AS event_id, 'mine' AS origin, 'final' AS record_status, 'incident' AS event_level, "
        "'battles' AS event_type, DATE '2016-01-01' AS date_start, DATE '2016-01-01' AS date_end, 1 AS deaths_best, "
        "(hash(i) % 100000) / 1000.0 - 50 AS latitude, (hash(i + 7) % 300000) / 1000.0 - 150 AS longitude "
        "FROM range(60000) AS r(i)"
    )
    assert made is not None
    made.write_parquet(str(path))
    ax = ce.plot.map(path, names=False)
    areas: Any = [area for *_, area in marks(ax)]
    assert 1000 < len(areas) <= 20_000
    assert "Marks are sums over cells of 2°" in caption(ax)
    assert legend(ax)[0] == "battles (60,000)"


def test_the_borders_cover_the_world_once() -> None:
    world = borders()
    assert {"Iraq", "Syria", "Sudan", "Fiji", "Brazil"} <= set(world.names)
    assert (np.abs(world.centres) <= [180, 90]).all()
    assert sum(map(len, world.lines)) > 50_000
    # no line leaps over the map
    assert max(np.abs(np.diff(line, axis=0)).max() for line in world.lines) < 10
