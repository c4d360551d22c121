-- CE544 cameo_role_unique (error, suite core)
-- cameo_role is the key of the table; every row of a duplicated key fails.
-- Returns the rows of crosswalk_cameo_actor that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("cameo_role") >> 32 AS UINTEGER) AS h FROM "crosswalk_cameo_actor" WHERE "cameo_role" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "crosswalk_cameo_actor" WHERE "cameo_role" IS NOT NULL AND CAST(hash("cameo_role") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "cameo_role") > 1;
