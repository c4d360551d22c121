-- CE551 coverage_id_required (error, suite core)
-- Every row has a coverage_id. Identifier of the row.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT (NOT ("coverage_id" IS NULL));
