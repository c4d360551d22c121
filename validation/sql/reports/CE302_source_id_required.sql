-- CE302 source_id_required (error, suite core)
-- Every row has a source_id. The source that tells it.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT (NOT ("source_id" IS NULL));
