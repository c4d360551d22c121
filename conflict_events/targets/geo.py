"""The geometry columns of events: GeoParquet 1.1 points, their bounding boxes, and the PRIO-GRID cell.

All of it is made by Arrow kernels over whole columns, so that ten million rows need no Python loop and no numpy.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from conflict_events.schema.types import Type
from conflict_events.targets.arrow import arrow_type

SIDES = ("xmin", "ymin", "xmax", "ymax")
_POINT = b"\x01\x01\x00\x00\x00"  # little-endian, then geometry type 1 (OGC 06-103r4, 8.2.9)


def with_geometry(events: pa.Table) -> pa.Table:
    """`events` with `geometry` and `bbox` made anew from longitude and latitude (degrees, WGS 84).

    Both are null where a coordinate is. `priogrid_gid` is filled only where it is null and the point lies on the
    globe, because a source's own cell stands. Serves any table with these columns (events, events_history).
    """
    longitude, latitude = (_flat(events, name) for name in ("longitude", "latitude"))
    known = pc.and_(pc.is_valid(longitude), pc.is_valid(latitude))
    made = {
        "geometry": _points(longitude, latitude),
        "bbox": _boxes(longitude, latitude, known),
        "priogrid_gid": pc.coalesce(_flat(events, "priogrid_gid"), priogrid(longitude, latitude)),
    }
    for name, values in made.items():
        index = events.schema.get_field_index(name)
        events = events.set_column(index, events.schema.field(index), values)
    return events


def priogrid(longitude: pa.Array, latitude: pa.Array) -> pa.Array:
    """The PRIO-GRID cell of each point, int32; null off the globe or without coordinates.

    floor((lat+90)/0.5)*720 + floor((lon+180)/0.5) + 1, latitude 90 and longitude 180 in the last cell
    (PRIO-GRID Codebook, Tollefsen, Strand and Buhaug 2012).
    """
    on_globe = pc.and_(pc.less_equal(pc.abs(latitude), 90.0), pc.less_equal(pc.abs(longitude), 180.0))
    row = pc.min_element_wise(pc.floor(pc.multiply(pc.add(latitude, 90.0), 2.0)), 359.0)
    column = pc.min_element_wise(pc.floor(pc.multiply(pc.add(longitude, 180.0), 2.0)), 719.0)
    cell = pc.add(pc.add(pc.multiply(row, 720.0), column), 1.0)
    return pc.if_else(on_globe, cell, pa.scalar(None, pa.float64())).cast(pa.int32())


Extent = list[float]
"""Least longitude and latitude, greatest longitude and latitude (degrees)."""


def geo_metadata(box: Extent | None) -> bytes:
    """The `geo` entry of a file's metadata (GeoParquet 1.1.0); no crs, which means OGC:CRS84."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "covering": {"bbox": {side: ["bbox", side] for side in SIDES}},
    }
    if box:
        column["bbox"] = box
    document = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return json.dumps(document, separators=(",", ":"), sort_keys=True).encode()


def _flat(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _points(longitude: pa.Array, latitude: pa.Array) -> pa.Array:
    # A double's buffer seen as eight bytes is its WKB form, since Arrow is little-endian where we run; joining the
    # header and two such columns gives 21 bytes a point, and null where either coordinate is.
    x, y = (values.view(pa.binary(8)).cast(pa.binary()) for values in (longitude, latitude))
    return pc.binary_join_element_wise(pa.scalar(_POINT, pa.binary()), x, y, pa.scalar(b"", pa.binary()))


def _boxes(longitude: pa.Array, latitude: pa.Array, known: pa.Array) -> pa.Array:
    fields = list(arrow_type(Type.BBOX))
    return pa.StructArray.from_arrays([longitude, latitude, longitude, latitude], fields=fields, mask=pc.invert(known))


def extent(events: pa.Table) -> Extent | None:
    """The extent of the points; None where there are none."""
    spans = [pc.min_max(events.column(name)).as_py() for name in ("longitude", "latitude")]
    if any(span["min"] is None for span in spans):
        return None
    return [spans[0]["min"], spans[1]["min"], spans[0]["max"], spans[1]["max"]]


def union(one: Extent | None, other: Extent | None) -> Extent | None:
    """The extent of both."""
    if one is None or other is None:
        return one or other
    return [*map(min, one[:2], other[:2]), *map(max, one[2:], other[2:])]
