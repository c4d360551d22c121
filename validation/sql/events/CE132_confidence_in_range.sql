-- CE132 confidence_in_range (error, suite core)
-- confidence is between 0 and 1 (probability).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((("confidence" >= 0) AND ("confidence" <= 1)) AND (NOT isnan("confidence")));
