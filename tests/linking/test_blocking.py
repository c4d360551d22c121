"""Blocking finds the pairs that comparing all with all would find, everywhere on Earth, and no others."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict_events.linking import Linked, link, run, windows
from conflict_events.targets.arrow import to_table
from tests.linking.made import DAY, Row, acled, later, ucdp

Scores = Callable[..., dict[tuple[str, str], float]]
REACH = {1: 0, 2: 25, 3: 50, 4: 100, 7: 100, None: 25}


def haversine(one: Row, other: Row) -> float:
    """Great-circle distance by the textbook, which the code under test does not use."""
    lat1, lat2 = math.radians(one["latitude"]), math.radians(other["latitude"])
    turn = math.radians(other["longitude"] - one["longitude"])
    inner = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(turn / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(inner)))


def pointed(row: Row) -> bool:
    return row["latitude"] is not None and row["where_precision"] in REACH


def gap(one: Row, other: Row) -> int:
    before, after = one["date_start"] - other["date_end"], other["date_start"] - one["date_end"]
    return max(0, int(before.days), int(after.days))


def margin(one: Row, other: Row, km: float) -> float:
    """Kilometres by which two points lie inside the window (negative: outside)."""
    return km + REACH[one["where_precision"]] + REACH[other["where_precision"]] - haversine(one, other)


def brute_force(rows: list[Row], km: float, days: int) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The pairs within the windows, and those that lie on the edge to a millimetre, where rounding may decide."""
    found, edge = set(), set()
    for one in rows:
        for other in rows:
            if one["event_id"] >= other["event_id"] or one["origin"] == other["origin"] or gap(one, other) > days:
                continue
            pair = (one["event_id"], other["event_id"])
            if pointed(one) and pointed(other):
                inside = margin(one, other, km)
                if abs(inside) < 1e-6:
                    edge.add(pair)
                elif inside > 0:
                    found.add(pair)
            else:
                countries = {one["country"], other["country"]} - {None}
                sides = [{row["side_a"], row["side_b"]} - {None} for row in (one, other)]
                if len(countries) < 2 and sides[0] & sides[1]:
                    found.add(pair)
    return found, edge


ends = st.sampled_from([-180.0, -179.99, -179.5, 179.5, 179.999, 180.0])
longitudes = st.floats(-180, 180) | ends
latitudes = st.floats(-90, 90) | st.sampled_from([-90.0, -89.99, -89.5, 0.0, 60.0, 89.4, 89.999, 90.0])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Row], float, int]:
    """Events near a few centres, so that many pairs lie within the windows or just outside."""
    km = draw(st.sampled_from([0.0, 10.0, 100.0, 1000.0]))
    centres = draw(st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=3))
    rows = []
    for number in range(draw(st.integers(2, 30))):
        lat, lon = draw(st.sampled_from(centres))
        lat = min(90.0, max(-90.0, lat + draw(st.floats(-1, 1)) * (km + 50) / 80))
        lon += draw(st.floats(-1, 1)) * (km + 50) / 80
        first = later(draw(st.integers(0, 40)))
        make = draw(st.sampled_from([ucdp, acled]))
        rows.append(
            make(
                number,
                latitude=lat,
                longitude=(lon + 180) % 360 - 180 if abs(lon) > 180 else lon,
                where_precision=draw(st.none() | st.integers(1, 7)),
                date_start=first,
                date_end=first + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 6, 30]))),
                country=draw(st.sampled_from([None, "IRQ", "SYR"])),
                side_a=draw(st.sampled_from([None, "North", "East"])),
                side_b=draw(st.sampled_from([None, "South", "East"])),
            )
        )
        if draw(st.integers(0, 4)) == 0:
            rows[-1].update(latitude=None, longitude=None)
    return rows, km, draw(st.sampled_from([0, 2, 30]))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds())
def test_blocking_finds_what_comparing_all_with_all_finds(scores: Scores, world: tuple[list[Row], float, int]) -> None:
    rows, km, days = world
    wanted, edge = brute_force(rows, km, days)
    assert set(scores(*rows, km=km, days=days)) - edge == wanted - edge


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((10.0, 179.98), (10.0, -179.98)),
        ((10.0, 180.0), (10.0, -180.0)),
        ((90.0, 0.0), (90.0, 137.0)),
        ((89.99, 10.0), (89.99, -170.0)),
        ((-90.0, 5.0), (-89.95, 100.0)),
        ((0.0, 0.0), (-0.01, -0.01)),
    ],
)
def test_neighbours_are_found_at_the_ends_of_the_grid(
    scores: Scores, one: tuple[float, float], other: tuple[float, float]
) -> None:
    rows = [make(1, latitude=lat, longitude=lon) for make, (lat, lon) in ((ucdp, one), (acled, other))]
    assert set(scores(*rows)) == {("acled:1", "ucdp_ged:1")}


def test_a_pair_found_in_several_blocks_is_one_link(linked: Callable[..., Linked]) -> None:
    wide = {"date_end": later(30), "date_precision": 4, "where_precision": 4, "latitude": 89.9}
    found = linked([ucdp(1, **wide), acled(1, **wide)], method="candidates", threshold=0, km=500, days=30)
    assert found.links.num_rows == found.summary.pairs == 1


def test_events_without_a_point_meet_by_country_and_side(scores: Scores) -> None:
    nowhere = {"latitude": None, "longitude": None, "where_precision": None}
    pair = {("acled:1", "ucdp_ged:1")}
    assert set(scores(ucdp(1, **nowhere), acled(1))) == pair
    assert set(scores(ucdp(1, **nowhere), acled(1, **nowhere, country=None))) == pair
    assert set(scores(ucdp(1, **nowhere, country="SYR"), acled(1))) == set()
    assert set(scores(ucdp(1, **nowhere), acled(1, side_a="Hill Guard", side_b="River Union"))) == set()
    assert (
        set(scores(ucdp(1, **nowhere, side_a="Government of Iraq"), acled(1, side_a="Government", side_b=None)))
        == set()
    )


def test_blocks_that_are_too_large_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = windows.Windows

    def limited(*asked: Any) -> windows.Windows:
        return replace(usual(*asked), max_block=20, max_name_block=20)

    monkeypatch.setattr(run, "Windows", limited)
    nowhere = {"latitude": None, "longitude": None, "where_precision": None}
    piled = [make(i, latitude=36.25, longitude=43.3) for i in range(5) for make in (ucdp, acled)]
    lone = [make(i, latitude=10.0, longitude=10.0) for i in (8, 9) for make in (ucdp, acled)]
    found = link(to_table("events", [*piled, *lone]), method="candidates", threshold=0)
    assert {row["event_id_1"] for row in found.links.to_pylist()} == {"acled:8", "acled:9"}
    blocks, pairs = found.summary.too_large, found.summary.too_large_pairs
    assert pairs == 25 * blocks > 0
    said = f"{blocks} blocks are too large to compare ({pairs} pairs): links may be missing there"
    assert said in found.summary.to_text()
    named = [make(i, **nowhere) for i in range(5) for make in (ucdp, acled)]
    found = link(to_table("events", named), threshold=0)
    assert found.links.num_rows == 0
    assert found.summary.too_large > 0


def test_portions_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [make(i, date_start=later(i), latitude=36 + i % 3 / 100) for i in range(60) for make in (ucdp, acled)]
    whole = link(to_table("events", rows), threshold=0.2)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("conflict_events.linking.blocking.PAIRS_AT_ONCE", 10)
    parted = link(to_table("events", rows), threshold=0.2, on_portion=lambda done, all_: told.append((done, all_)))
    assert parted == whole
    assert len(told) > 5
    assert told[-1] == (len(told), len(told))


@pytest.mark.parametrize("days", [0, 3])
def test_the_window_of_days_is_the_gap_between_spans(scores: Scores, days: int) -> None:
    span = {"date_start": DAY, "date_end": later(9), "date_precision": 4}
    for gap_ in range(1, 6):
        found = scores(ucdp(1, **span), acled(1, date_start=later(9 + gap_)), days=days)
        assert bool(found) == (gap_ <= days)
