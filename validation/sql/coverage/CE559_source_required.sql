-- CE559 source_required (error, suite core)
-- Every row has a source. Where the source says so: a codebook, a page.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT (NOT ("source" IS NULL));
