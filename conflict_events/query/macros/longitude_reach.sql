-- longitude_reach(lat, km)
-- How far east and west a circle around a point reaches: half the width of its bounding box.
--
-- Arguments:
--   lat: latitude of the centre, degrees
--   km: radius of the circle, kilometres, 0 or more
-- Returns:
--   DOUBLE, degrees of longitude; 180 where the circle reaches a pole, because it then crosses every meridian
-- Example:
--   SELECT round(longitude_reach(60, 100), 2) AS degrees;
CREATE OR REPLACE MACRO longitude_reach(lat, km) AS
    CASE
        -- just short of the pole asin loses its precision, so the box is widened a little early
        WHEN abs(lat) + degrees(km / 6371.0088) >= 89.99 THEN 180.0
        ELSE degrees(asin(least(1.0, greatest(-1.0, sin(km / 6371.0088) / cos(radians(lat))))))
    END;
