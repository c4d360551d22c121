-- CE463 score_required (error, suite core)
-- Every row has a score. How alike they are by the method.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT (NOT ("score" IS NULL));
