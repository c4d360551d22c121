-- CE381 source_id_required (error, suite core)
-- Every row has a source_id. Identifier of the source.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT (NOT ("source_id" IS NULL));
