-- checked_latitude(lat, lon, km)
-- The latitude of a circle's centre, once the circle is known to be one: what events_within asks first.
--
-- Arguments:
--   lat: latitude of the centre, degrees, -90 to 90
--   lon: longitude of the centre, degrees, -180 to 180
--   km: radius, kilometres, 0 or more
-- Returns:
--   lat; an error where one of the three is null or out of its range
-- Example:
--   SELECT checked_latitude(36.34, 43.13, 25) AS lat;
CREATE OR REPLACE MACRO checked_latitude(lat, lon, km) AS
    CASE
        WHEN lat IS NULL OR lon IS NULL OR km IS NULL THEN error('events_within: lat, lon or km is null')
        WHEN lat NOT BETWEEN -90 AND 90 THEN error('events_within: lat must be from -90 to 90, in degrees')
        WHEN lon NOT BETWEEN -180 AND 180 THEN error('events_within: lon must be from -180 to 180, in degrees')
        WHEN km < 0 OR isnan(CAST(km AS DOUBLE)) THEN error('events_within: km must be 0 or more')
        ELSE lat
    END;
