-- CE352 best_not_above_high (error, suite core)
-- best is at most high.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("best" <= "high");
