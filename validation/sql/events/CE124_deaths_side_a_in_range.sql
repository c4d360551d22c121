-- CE124 deaths_side_a_in_range (error, suite core)
-- deaths_side_a is >= 0 (persons).
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ("deaths_side_a" >= 0);
