-- CE211 best_not_above_high (error, suite core)
-- The best estimate is at most the high one.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_best" <= "deaths_high");
