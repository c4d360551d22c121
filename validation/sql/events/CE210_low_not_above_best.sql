-- CE210 low_not_above_best (error, suite core)
-- The low estimate is at most the best one.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_low" <= "deaths_best");
