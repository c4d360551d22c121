-- CE333 source_id_in_sources (error, suite release)
-- Every source_id is a row of sources.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE "source_id" IS NOT NULL AND "source_id" NOT IN (SELECT "source_id" FROM "sources" WHERE "source_id" IS NOT NULL);
