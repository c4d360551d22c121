"""events_within: the same events as by distance alone, wherever on the globe."""

from __future__ import annotations

import math
from collections.abc import Callable

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conflict_events.query import macro

RADIUS = 6371.0088
Over = Callable[..., duckdb.DuckDBPyConnection]

latitudes = st.sampled_from([-90.0, 90.0, -89.9999, 89.995, 0.0]) | st.floats(-90, 90)
longitudes = st.sampled_from([-180.0, 180.0, -179.9999, 179.9999, 0.0]) | st.floats(-180, 180)
points = st.tuples(latitudes, longitudes)
radii = st.sampled_from([0.0, 1.0, 111.2, 10_007.5, 20_016.0, 30_000.0]) | st.floats(0, 21_000)
steps = st.tuples(st.floats(-3, 3), st.floats(-3, 3))


def haversine(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres, written out anew."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, h)))


def near(centre: tuple[float, float], step: tuple[float, float]) -> tuple[float, float]:
    """A point a few degrees away, over the pole or the antimeridian where that is where it lies."""
    lat, lon = centre[0] + step[0], centre[1] + step[1]
    if abs(lat) > 90:
        lat, lon = math.copysign(180 - abs(lat), lat), lon + 180
    return lat, (lon + 180) % 360 - 180


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE events (event_id VARCHAR, latitude DOUBLE, longitude DOUBLE)")
    for name in (*macro.FIRST[:3], "events_within"):
        connection.execute(macro.text(name))
    return connection


@settings(max_examples=200, deadline=None)
@given(points, radii, st.lists(points, max_size=20), st.lists(steps, max_size=20))
@example((90.0, 0.0), 500.0, [(89.0, 170.0), (89.0, -10.0), (85.0, 0.0)], [])
@example((0.0, 179.9), 50.0, [(0.0, -179.9), (0.0, 179.5), (0.0, -179.0)], [])
@example((-17.0, -180.0), 50.0, [(-17.0, 180.0), (-17.0, 179.7)], [])
@example((0.0, 0.0), 10_006.4, [(0.0, 90.0), (89.99, 0.0), (45.0, 89.9)], [])
def test_it_finds_what_the_distance_alone_finds(
    con: duckdb.DuckDBPyConnection,
    centre: tuple[float, float],
    km: float,
    anywhere: list[tuple[float, float]],
    around: list[tuple[float, float]],
) -> None:
    where = {f"e{i}": point for i, point in enumerate([*anywhere, *(near(centre, step) for step in around)])}
    rows = pa.table(
        {
            "event_id": pa.array(where, pa.string()),
            "latitude": pa.array([lat for lat, _ in where.values()], pa.float64()),
            "longitude": pa.array([lon for _, lon in where.values()], pa.float64()),
        }
    )
    con.register("rows", rows)
    con.execute("DELETE FROM events")
    con.execute("INSERT INTO events FROM rows")
    found = dict(con.execute("SELECT event_id, distance_km FROM events_within(?, ?, ?)", [*centre, km]).fetchall())
    for event_id, point in where.items():
        distance = haversine(*centre, *point)
        if abs(distance - km) > 1e-6:  # on the circle itself rounding decides
            assert (event_id in found) == (distance <= km), (event_id, point, distance)
        if event_id in found:
            assert found[event_id] == pytest.approx(distance, abs=1e-6)


def test_literal_arguments_find_the_same_as_bound_ones(over: Over) -> None:
    con = over({"latitude": 0.0, "longitude": 179.9}, {"latitude": 0.0, "longitude": -179.9})
    assert con.execute("SELECT count(*) FROM events_within(0, 180, 20)").fetchall() == [(2,)]
    assert con.execute("SELECT count(*) FROM events_within(0, -180, 20)").fetchall() == [(2,)]


def test_nearest_first_with_every_column_and_the_distance(over: Over) -> None:
    con = over(
        {"latitude": 10.5, "longitude": 20.0},
        {"latitude": 10.1, "longitude": 20.0},
        {"latitude": 10.0, "longitude": 20.0, "record_status": "claim"},
        {"latitude": 50.0, "longitude": 20.0},
        {},
    )
    relation = con.sql("FROM events_within(10, 20, 100)")
    assert relation.columns == [*con.sql("FROM events").columns, "distance_km"]
    # a degree of latitude is 2 pi 6371.0088 / 360 = 111.195080 km
    found = con.execute("SELECT event_id, round(distance_km, 4) FROM events_within(10, 20, 100)").fetchall()
    assert found == [("e3", 0.0), ("e2", 11.1195), ("e1", 55.5975)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("91, 0, 10", "lat must be from -90 to 90"),
        ("0, 181, 10", "lon must be from -180 to 180"),
        ("0, 0, -1", "km must be 0 or more"),
        ("-1000, 0, 10", "lat must be from -90 to 90"),
        ("60, 900, 10", "lon must be from -180 to 180"),
    ],
)
def test_arguments_out_of_range_are_errors(over: Over, arguments: str, message: str) -> None:
    with pytest.raises(duckdb.Error, match=message):
        over({"latitude": 0.0, "longitude": 0.0}).execute(f"SELECT count(*) FROM events_within({arguments})")


def test_it_can_be_asked_around_every_row_of_another_table(over: Over) -> None:
    con = over({"latitude": 1.0, "longitude": 1.0}, {"latitude": 50.0, "longitude": 1.0})
    con.execute(
        "CREATE TABLE towns AS SELECT * FROM (VALUES ('Ford', 1.0, 1.0), ('Moor', 50.0, 1.1)) t(name, lat, lon)"
    )
    query = "SELECT name, event_id FROM towns, LATERAL events_within(towns.lat, towns.lon, 20) ORDER BY name"
    assert con.execute(query).fetchall() == [("Ford", "e1"), ("Moor", "e2")]


def test_the_box_reaches_the_scan(over: Over) -> None:
    con = over({"latitude": 1.0, "longitude": 1.0}, {"latitude": 60.0, "longitude": 60.0})
    plan = con.execute("EXPLAIN SELECT event_id FROM events_within(33, 44, 50)").fetchall()[0][1]
    assert "latitude >= 32.55" in plan
    assert "longitude <= 44.53" in plan
