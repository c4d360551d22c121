"""GeoPandas: points on the map, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyarrow.parquet as pq
import pytest

import conflict_events as ce
from conflict_events.errors import BadDataError
from tests.interop.judged import failed

ARROW = {"types_mapper": pd.ArrowDtype}


def test_a_file_opens_as_points_of_its_coordinates(file: Path) -> None:
    frame = geopandas.read_parquet(file)
    assert frame.crs == "OGC:CRS84"
    assert [(p.y, p.x) for p in frame.geometry.dropna()] == list(
        ce.sql("SELECT latitude, longitude FROM events WHERE latitude IS NOT NULL", file).fetchall()
    )


def test_a_box_reads_the_events_in_it_and_none_without_a_point() -> None:
    near = geopandas.read_parquet(ce.path("events"), bbox=(42, 36, 44, 37))
    inside = "longitude BETWEEN 42 AND 44 AND latitude BETWEEN 36 AND 37"
    assert len(near) == ce.sql(f"SELECT count(*) FROM events WHERE {inside}").fetchall()[0][0] > 0


def test_buffers_in_metres_find_what_events_within_finds() -> None:
    frame = geopandas.read_parquet(ce.path("events")).to_crs("EPSG:32638")
    mosul = geopandas.GeoSeries.from_xy([43.13], [36.34], crs="OGC:CRS84").to_crs("EPSG:32638").iloc[0]
    near = set(frame[frame.geometry.distance(mosul) < 50_000]["event_id"])
    ours = {row[0] for row in ce.sql("SELECT event_id FROM events_within(36.34, 43.13, 50)").fetchall()}
    # a projection and a sphere differ by some hundred metres at 50 km
    assert len(near ^ ours) <= len(ours) // 50


@pytest.mark.parametrize(
    "edit",
    [
        lambda frame: frame,
        lambda frame: frame.to_crs("EPSG:4326"),
        lambda frame: frame.set_crs(None, allow_override=True),
        lambda frame: frame.set_index("event_id"),
    ],
    ids=["as read", "EPSG:4326", "no CRS", "indexed"],
)
def test_a_frame_is_judged_as_its_file_is(file: Path, edit: Callable[[Any], Any]) -> None:
    frame = geopandas.read_parquet(file)
    assert "bbox" not in frame, "GeoPandas takes the boxes away"
    assert failed(edit(frame)) == failed(file)


def test_the_sound_rows_of_a_frame_have_their_points_and_boxes(file: Path) -> None:
    good, before = ce.validate(geopandas.read_parquet(file)).good, ce.validate(file).good
    for column in ("geometry", "bbox"):
        assert pq_list(good, column) == pq_list(before, column)


def pq_list(rows: Any, column: str) -> list[Any]:
    """The column's values, of an Arrow table or what gives one."""
    return list(rows[column].to_pylist())


def test_points_that_are_not_in_degrees_are_refused_with_the_way_back(file: Path) -> None:
    frame = geopandas.read_parquet(file).to_crs("EPSG:32638")
    with pytest.raises(BadDataError, match=r"UTM zone 38N.*to_crs\('OGC:CRS84'\)"):
        ce.validate(frame)


def test_a_frame_without_its_points_lacks_two_columns(file: Path) -> None:
    frame = geopandas.GeoDataFrame(pd.DataFrame(geopandas.read_parquet(file)).drop(columns="geometry"))
    assert ce.validate(frame).counts["CE001"] == 2


def test_a_frame_written_with_its_boxes_is_judged_and_counted_as_its_file_was(file: Path, tmp_path: Path) -> None:
    frame = geopandas.read_parquet(file, to_pandas_kwargs=ARROW)
    frame.to_parquet(tmp_path / "mine.parquet", write_covering_bbox=True, index=False)
    assert failed(tmp_path / "mine.parquet") == failed(file)
    query = "SELECT event_id, distance_km FROM events_within(36.34, 43.13, 50000)"
    assert ce.sql(query, tmp_path / "mine.parquet").fetchall() == ce.sql(query, file).fetchall()


def test_a_frame_written_without_its_boxes_lacks_that_column(tmp_path: Path) -> None:
    frame = geopandas.read_parquet(ce.path("events"), to_pandas_kwargs=ARROW)
    frame.to_parquet(tmp_path / "mine.parquet", index=False)
    result = ce.validate(tmp_path / "mine.parquet")
    assert [f["message"] for f in result.failures.to_pylist() if f["rule_id"] == "CE001"] == [
        "column bbox of table events is missing"
    ]
    assert pq.read_metadata(tmp_path / "mine.parquet").num_rows == ce.load("events").num_rows


def test_frames_are_linked_as_tables_are() -> None:
    rows = geopandas.read_parquet(ce.path("events")).head(40)
    again = rows.assign(event_id="ucdp_ged:" + rows["event_id"], origin="ucdp_ged")
    links = ce.link([rows, again]).links
    assert links.num_rows > 0
    assert links == ce.link([pd.DataFrame(frame).drop(columns="geometry") for frame in (rows, again)]).links
