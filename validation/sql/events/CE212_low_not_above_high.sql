-- CE212 low_not_above_high (error, suite core)
-- The low estimate is at most the high one; it matters where there is no best.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_low" <= "deaths_high");
