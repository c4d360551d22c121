-- CE274 released_has_where_precision (error, suite release)
-- A released place says how exact it is, with coordinates or without.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT (NOT ("origin" IS NULL))) OR (NOT ("where_precision" IS NULL)));
