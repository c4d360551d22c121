-- CE128 deaths_low_in_range (error, suite core)
-- deaths_low is >= 0 (persons).
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_low" >= 0);
