-- CE346 low_in_range (error, suite core)
-- low is >= 0 (persons).
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("low" >= 0);
