-- CE449 longitude_required (error, suite core)
-- Every row has a longitude. Longitude of the point.
-- Returns the rows of places that break it. Source: WGS 84 (EPSG:4326).
SELECT * FROM "places" WHERE NOT (NOT ("longitude" IS NULL));
