-- CE342 side_required (error, suite core)
-- Every row has a side. Whose they are: side a, side b, civilians, unknown.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT (NOT ("side" IS NULL));
