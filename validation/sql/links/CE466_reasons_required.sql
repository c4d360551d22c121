-- CE466 reasons_required (error, suite core)
-- Every row has a reasons. Which features agree and which do not.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT (NOT ("reasons" IS NULL));
