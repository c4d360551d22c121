-- CE233 geometry_with_point (error, suite core)
-- The geometry is the point of latitude and longitude; it is there exactly where they are.
-- Returns the rows of events that break it. Source: GeoParquet 1.1.
SELECT * FROM "events" WHERE NOT (("latitude" IS NULL) = ("geometry" IS NULL));
