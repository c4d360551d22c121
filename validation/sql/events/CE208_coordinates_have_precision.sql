-- CE208 coordinates_have_precision (error, suite core)
-- A point without its precision cannot be told from a country's centroid.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT (NOT ("latitude" IS NULL))) OR (NOT ("where_precision" IS NULL)));
