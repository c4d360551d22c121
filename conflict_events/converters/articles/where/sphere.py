"""Distances and bearings on a sphere of radius 6371.0088 km (the mean Earth radius of the IUGG)."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

RADIUS_KM = 6371.0088
_BEARINGS = {
    name: 45.0 * number
    for number, name in enumerate(
        ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"]
    )
}


def bearing(direction: str) -> float | None:
    """Degrees clockwise from north for "east", "north-west", "southern"."""
    name = direction.lower().replace("-", "").removesuffix("ern")
    return _BEARINGS.get(name)


def distance_km(latitude_1: float, longitude_1: float, latitude_2: float, longitude_2: float) -> float:
    """Great-circle distance (haversine); degrees in, kilometres out."""
    phi_1, phi_2 = radians(latitude_1), radians(latitude_2)
    half = sin((phi_2 - phi_1) / 2) ** 2
    half += cos(phi_1) * cos(phi_2) * sin(radians(longitude_2 - longitude_1) / 2) ** 2
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(half)))


def destination(latitude: float, longitude: float, bearing_degrees: float, km: float) -> tuple[float, float]:
    """The point `km` along a bearing; latitude and longitude in degrees, longitude within [-180, 180)."""
    phi, theta, delta = radians(latitude), radians(bearing_degrees), km / RADIUS_KM
    sine = sin(phi) * cos(delta) + cos(phi) * sin(delta) * cos(theta)
    there = asin(max(-1.0, min(1.0, sine)))
    step = atan2(sin(theta) * sin(delta) * cos(phi), cos(delta) - sin(phi) * sin(there))
    return degrees(there), (longitude + degrees(step) + 180.0) % 360.0 - 180.0
