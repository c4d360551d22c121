-- CE450 longitude_in_range (error, suite core)
-- longitude is between -180 and 180 (degree).
-- Returns the rows of places that break it. Source: WGS 84 (EPSG:4326).
SELECT * FROM "places" WHERE NOT ((("longitude" >= -180) AND ("longitude" <= 180)) AND (NOT isnan("longitude")));
