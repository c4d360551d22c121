-- CE347 best_in_range (error, suite core)
-- best is >= 0 (persons).
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("best" >= 0);
