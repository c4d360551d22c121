-- CE276 released_has_release (error, suite release)
-- Every released event says which release first had it.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT (NOT ("origin" IS NULL))) OR (NOT ("release_added" IS NULL)));
