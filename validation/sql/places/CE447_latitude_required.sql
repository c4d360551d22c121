-- CE447 latitude_required (error, suite core)
-- Every row has a latitude. Latitude of the point.
-- Returns the rows of places that break it. Source: WGS 84 (EPSG:4326).
SELECT * FROM "places" WHERE NOT (NOT ("latitude" IS NULL));
