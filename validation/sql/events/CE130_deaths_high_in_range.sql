-- CE130 deaths_high_in_range (error, suite core)
-- deaths_high is >= 0 (persons).
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_high" >= 0);
