-- CE464 score_in_range (error, suite core)
-- score is between 0 and 1 (probability).
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT ((("score" >= 0) AND ("score" <= 1)) AND (NOT isnan("score")));
