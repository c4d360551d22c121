-- CE412 stance_needs_stance_source (error, suite core)
-- A stance is stated by a source, never by us alone.
-- Returns the rows of publishers that break it. Source: conflict-events design.
SELECT * FROM "publishers" WHERE NOT ((NOT (NOT ("stance" IS NULL))) OR (NOT ("stance_source" IS NULL)));
