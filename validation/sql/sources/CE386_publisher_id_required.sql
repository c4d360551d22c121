-- CE386 publisher_id_required (error, suite core)
-- Every row has a publisher_id. Who published it first, in publishers; `unknown` where that is not known.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT (NOT ("publisher_id" IS NULL));
