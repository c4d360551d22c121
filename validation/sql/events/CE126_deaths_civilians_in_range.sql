-- CE126 deaths_civilians_in_range (error, suite core)
-- deaths_civilians is >= 0 (persons).
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_civilians" >= 0);
