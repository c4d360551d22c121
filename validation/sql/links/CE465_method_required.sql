-- CE465 method_required (error, suite core)
-- Every row has a method. What linked them, with version.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT (NOT ("method" IS NULL));
