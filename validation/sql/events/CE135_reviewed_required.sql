-- CE135 reviewed_required (error, suite core)
-- Every row has a reviewed. Whether a second look at the source confirmed the row.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (NOT ("reviewed" IS NULL));
