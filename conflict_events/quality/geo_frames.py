"""A GeoDataFrame as the table that its file was: the points as WKB, and the boxes that GeoPandas takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conflict_events.errors import BadDataError
from conflict_events.schema.types import Type
from conflict_events.targets.geo import SIDES

if TYPE_CHECKING:
    import pyarrow as pa

WGS84 = "OGC:CRS84"


def plain(label: str, frame: Any) -> Any:
    """The frame as one of pandas, every geometry as WKB.

    Raises BadDataError where its points are not in degrees of WGS 84, as ours are; without a CRS they are taken to be.
    """
    crs = frame.crs if _has_points(frame) else None
    if crs is not None and not crs.equals(WGS84, ignore_axis_order=True):
        raise BadDataError(f"{label} is in {crs.name}; events are in WGS 84: give it .to_crs({WGS84!r})")
    return frame.to_wkb()


def boxes(frame: Any) -> pa.Array | None:
    """The bounding box of each geometry, as the column bbox; null for a row without one, None without `geometry`."""
    import numpy as np
    import pyarrow as pa

    from conflict_events.targets.arrow import arrow_type

    if not _has_points(frame):
        return None
    bounds = frame.bounds.to_numpy(dtype="float64").T  # minx, miny, maxx, maxy
    fields = [arrow_type(Type.BBOX).field(side) for side in SIDES]
    columns = [pa.array(side) for side in bounds]
    return pa.StructArray.from_arrays(columns, fields=fields, mask=pa.array(np.isnan(bounds[0])))


def _has_points(frame: Any) -> bool:
    return bool(frame.active_geometry_name == "geometry")
