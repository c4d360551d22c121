-- CE120 latitude_in_range (error, suite core)
-- latitude is between -90 and 90 (degree).
-- Returns the rows of events that break it. Source: WGS 84 (EPSG:4326).
SELECT * FROM "events" WHERE NOT ((("latitude" >= -90) AND ("latitude" <= 90)) AND (NOT isnan("latitude")));
