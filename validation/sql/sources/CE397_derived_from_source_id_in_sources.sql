-- CE397 derived_from_source_id_in_sources (error, suite release)
-- Every derived_from_source_id is a row of sources.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE "derived_from_source_id" IS NOT NULL AND "derived_from_source_id" NOT IN (SELECT "source_id" FROM "sources" WHERE "source_id" IS NOT NULL);
