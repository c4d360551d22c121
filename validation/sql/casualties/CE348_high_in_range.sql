-- CE348 high_in_range (error, suite core)
-- high is >= 0 (persons).
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("high" >= 0);
