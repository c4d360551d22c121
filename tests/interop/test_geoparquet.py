"""What QGIS and GDAL stand on: GeoParquet 1.1.0, as its specification says (geoparquet.org/releases/v1.1.0)."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import pytest

import conflict_events as ce


@pytest.fixture
def geo(file: Path) -> dict[str, Any]:
    """The `geo` entry of the file's own metadata: that of Arrow's schema is not what the specification speaks of."""
    found: dict[str, Any] = json.loads(pq.read_metadata(file).metadata[b"geo"])
    return found


@pytest.fixture
def rows(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(file, columns=["longitude", "latitude", "geometry", "bbox"]).to_pylist()
    return found


def test_the_metadata_has_what_the_specification_demands(geo: dict[str, Any]) -> None:
    assert geo["version"] == "1.1.0"
    assert geo["primary_column"] == "geometry"
    assert set(geo["columns"]) == {"geometry"}
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    assert geo["columns"]["geometry"]["geometry_types"] == ["Point"]


def test_no_crs_is_written_which_means_longitude_and_latitude_in_wgs_84(file: Path, geo: dict[str, Any]) -> None:
    assert "crs" not in geo["columns"]["geometry"], "null would mean an unknown one"
    found = geopandas.read_parquet(file).crs
    assert found == pyproj.CRS("OGC:CRS84")
    assert [axis.direction for axis in found.axis_info] == ["east", "north"]


def test_the_extent_is_that_of_the_points(geo: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    points = [(r["longitude"], r["latitude"]) for r in rows if r["latitude"] is not None]
    xs, ys = zip(*points, strict=True)
    assert geo["columns"]["geometry"]["bbox"] == [min(xs), min(ys), max(xs), max(ys)]


def test_the_covering_names_the_four_fields_of_a_struct_column_at_the_root(file: Path, geo: dict[str, Any]) -> None:
    covering = geo["columns"]["geometry"]["covering"]["bbox"]
    assert covering == {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}
    field = pq.read_schema(file).field("bbox")
    assert [f.name for f in field.type] == ["xmin", "ymin", "xmax", "ymax"], "in this order"
    assert {f.type for f in field.type} <= {pa.float64(), pa.float32()}, "all of one type"


def test_the_geometry_is_a_plain_byte_array_at_the_root_neither_repeated_nor_a_group(file: Path) -> None:
    columns = pq.ParquetFile(file).schema
    (geometry,) = (columns.column(n) for n in range(len(columns)) if columns.column(n).path == "geometry")
    assert geometry.physical_type == "BYTE_ARRAY"
    assert geometry.max_repetition_level == 0


def test_each_geometry_and_box_is_the_rows_point_and_null_where_it_has_none(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        x, y = row["longitude"], row["latitude"]
        if x is None:
            assert row["geometry"] is row["bbox"] is None
        else:
            assert row["geometry"] == struct.pack("<BIdd", 1, 1, x, y)
            assert row["bbox"] == {"xmin": x, "ymin": y, "xmax": x, "ymax": y}


def test_a_geopackage_for_a_gis_without_the_parquet_driver_has_the_same_points(file: Path, tmp_path: Path) -> None:
    frame = geopandas.read_parquet(file, columns=["event_id", "date_start", "deaths_best", "geometry"])
    frame["date_start"] = pd.to_datetime(frame["date_start"])
    frame.to_file(tmp_path / "events.gpkg", layer="events")
    back = geopandas.read_file(tmp_path / "events.gpkg")
    assert back.crs.equals("OGC:CRS84", ignore_axis_order=True)
    assert list(back["event_id"]) == list(frame["event_id"])
    assert back.geometry.equals(frame.geometry)
    assert list(back["date_start"].dt.date) == pq.read_table(file)["date_start"].to_pylist()


def test_the_map_lacks_most_shipped_events_known_to_a_province_or_country_only() -> None:
    """The page says so of the shipped data; UCDP's files have a point for every event."""
    query = "SELECT count(latitude) / count(*) FROM events WHERE where_precision {}"
    ((coarse,),) = ce.sql(query.format(">= 4")).fetchall()
    ((fine,),) = ce.sql(query.format("<= 3")).fetchall()
    assert (coarse < 0.1, fine) == (True, 1.0)
