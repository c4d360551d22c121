-- CE393 republished_needs_republished_by (error, suite core)
-- A republication has a republisher.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT ((NOT (NOT ("republished" IS NULL))) OR (NOT ("republished_by" IS NULL)));
