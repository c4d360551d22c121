-- CE252 dyad_has_one_pair (warning, suite core)
-- In UCDP a dyad is a pair of sides, always the same.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE "dyad_id" IN (SELECT "dyad_id" FROM "events" WHERE "dyad_id" IS NOT NULL AND origin IN ('ucdp_ged') GROUP BY "dyad_id" HAVING count(DISTINCT "side_a") > 1 OR count(DISTINCT "side_b") > 1) AND origin IN ('ucdp_ged');
