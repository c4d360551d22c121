from __future__ import annotations

import json
import struct
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_events.targets.geo import extent, geo_metadata, priogrid, with_geometry

Events = Callable[..., pa.Table]


def test_a_point_is_little_endian_wkb_with_longitude_first(events: Events) -> None:
    made = with_geometry(events({"latitude": 36.34, "longitude": 43.13}))
    assert made["geometry"].to_pylist() == [struct.pack("<BIdd", 1, 1, 43.13, 36.34)]
    assert made["bbox"].to_pylist() == [{"xmin": 43.13, "ymin": 36.34, "xmax": 43.13, "ymax": 36.34}]


def test_without_coordinates_geometry_bbox_and_cell_are_null(events: Events) -> None:
    made = with_geometry(events({"latitude": 36.34, "longitude": 43.13}, {}))
    assert [made[c].to_pylist()[1] for c in ("geometry", "bbox", "priogrid_gid")] == [None, None, None]


def test_the_sources_own_cell_stands(events: Events) -> None:
    made = with_geometry(events({"latitude": 36.34, "longitude": 43.13, "priogrid_gid": 7}))
    assert made["priogrid_gid"].to_pylist() == [7]


def test_slices_and_chunks_give_the_same_points(events: Events) -> None:
    rows = events(*({"latitude": float(n), "longitude": float(-n)} for n in range(1, 9)))
    pieces = pa.concat_tables([rows.slice(0, 3), rows.slice(3)])
    assert with_geometry(pieces)["geometry"].to_pylist() == with_geometry(rows)["geometry"].to_pylist()
    assert with_geometry(rows.slice(5))["geometry"].to_pylist() == with_geometry(rows)["geometry"].to_pylist()[5:]


def test_geometry_is_made_for_an_empty_table(events: Events) -> None:
    assert with_geometry(events()).num_rows == 0


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90.0, -180.0, 1), (90.0, 180.0, 259_200), (36.34, 43.13, 252 * 720 + 446 + 1), (91.0, 0.0, None)],
)
def test_the_cell_follows_the_formula(latitude: float, longitude: float, cell: int | None) -> None:
    assert priogrid(pa.array([longitude]), pa.array([latitude])).to_pylist() == [cell]


@given(st.floats(), st.floats())
def test_every_pair_of_doubles_has_a_cell_on_the_grid_or_none(latitude: float, longitude: float) -> None:
    (cell,) = priogrid(pa.array([longitude]), pa.array([latitude])).to_pylist()
    on_globe = abs(latitude) <= 90 and abs(longitude) <= 180
    assert (cell is not None and 1 <= cell <= 259_200) if on_globe else cell is None


def test_the_metadata_has_the_extent_only_where_there_are_points(events: Events) -> None:
    some = events({"latitude": 36.0, "longitude": 43.0}, {"latitude": 33.0, "longitude": 44.0}, {})
    column = json.loads(geo_metadata(extent(some)))["columns"]["geometry"]
    assert column["bbox"] == [43.0, 33.0, 44.0, 36.0]
    assert "bbox" not in json.loads(geo_metadata(extent(events({}))))["columns"]["geometry"]
