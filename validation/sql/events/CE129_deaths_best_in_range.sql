-- CE129 deaths_best_in_range (error, suite core)
-- deaths_best is >= 0 (persons).
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_best" >= 0);
