-- CE353 low_not_above_high (error, suite core)
-- low is at most high.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("low" <= "high");
