-- CE125 deaths_side_b_in_range (error, suite core)
-- deaths_side_b is >= 0 (persons).
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_side_b" >= 0);
