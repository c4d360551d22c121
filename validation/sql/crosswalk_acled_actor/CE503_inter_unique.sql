-- CE503 inter_unique (error, suite core)
-- inter is the key of the table; every row of a duplicated key fails.
-- Returns the rows of crosswalk_acled_actor that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("inter") >> 32 AS UINTEGER) AS h FROM "crosswalk_acled_actor" WHERE "inter" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "crosswalk_acled_actor" WHERE "inter" IS NOT NULL AND CAST(hash("inter") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "inter") > 1;
