-- CE104 record_status_required (error, suite core)
-- Every row has a record_status. Standing of the row: candidate, final, withdrawn, or a machine-coded claim that nobody vouches for.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (NOT ("record_status" IS NULL));
