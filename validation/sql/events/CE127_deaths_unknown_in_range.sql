-- CE127 deaths_unknown_in_range (error, suite core)
-- deaths_unknown is >= 0 (persons).
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_unknown" >= 0);
