-- events_within(lat, lon, km)
-- Events within a distance of a point, nearest first.
--
-- Arguments:
--   lat: latitude of the point, degrees, -90 to 90
--   lon: longitude of the point, degrees, -180 to 180
--   km: radius, kilometres, 0 or more
-- Returns:
--   every column of events, and distance_km (DOUBLE, kilometres, see haversine_km). Events without coordinates are
--   not found. Nothing is left out by record_status.
-- Notes:
--   An event known only to its country stands at the country's centroid: filter on where_precision where that
--   matters. A point out of range, a negative radius or a null is an error. A bounding box on latitude and longitude lets
--   Parquet skip row groups; it is right across the antimeridian and at the poles.
-- Example:
--   SELECT event_id, date_start, place_name, round(distance_km, 1) AS km
--   FROM events_within(36.34, 43.13, 25) WHERE where_precision <= 2;
CREATE OR REPLACE MACRO events_within(lat, lon, km) AS TABLE
SELECT e.*, haversine_km(lat, lon, e.latitude, e.longitude) AS distance_km
FROM events AS e
-- 1e-6 degrees (0.1 m) of slack, so that rounding never takes a point out of the box. Every bound goes through the
-- check: were one free of it, statistics could empty the result before the check is made.
WHERE e.latitude BETWEEN checked_latitude(lat, lon, km) - degrees(km / 6371.0088) - 1e-6
        AND checked_latitude(lat, lon, km) + degrees(km / 6371.0088) + 1e-6
    AND (
        e.longitude BETWEEN lon - longitude_reach(checked_latitude(lat, lon, km), km) - 1e-6
            AND lon + longitude_reach(checked_latitude(lat, lon, km), km) + 1e-6
        OR e.longitude >= lon - longitude_reach(checked_latitude(lat, lon, km), km) - 1e-6 + 360
        OR e.longitude <= lon + longitude_reach(checked_latitude(lat, lon, km), km) + 1e-6 - 360
    )
    AND haversine_km(lat, lon, e.latitude, e.longitude) <= km
UNION ALL
-- no row: where there are no events a wrong argument is an error too
SELECT e.*, NULL
FROM (SELECT checked_latitude(lat, lon, km) IS NULL AS is_wrong) AS c
LEFT JOIN events AS e ON false
WHERE c.is_wrong
ORDER BY distance_km, event_id;
