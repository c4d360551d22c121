-- CE351 low_not_above_best (error, suite core)
-- low is at most best.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("low" <= "best");
