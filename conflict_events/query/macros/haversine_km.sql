-- haversine_km(lat1, lon1, lat2, lon2)
-- Great-circle distance between two points.
--
-- Arguments:
--   lat1, lon1: the one point, degrees (WGS 84)
--   lat2, lon2: the other point, degrees (WGS 84)
-- Returns:
--   DOUBLE, kilometres, on a sphere of radius 6371.0088 km (the mean radius of the Earth by IUGG; the ellipsoid
--   would differ by up to 0.6 %); null where an argument is null
-- Example:
--   SELECT round(haversine_km(33.31, 44.37, 36.34, 43.13)) AS km;
CREATE OR REPLACE MACRO haversine_km(lat1, lon1, lat2, lon2) AS
    2 * 6371.0088 * asin(sqrt(least(1.0,  -- rounding may lift antipodes above 1
        pow(sin(radians(lat2 - lat1) / 2), 2)
        + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)
    )));
