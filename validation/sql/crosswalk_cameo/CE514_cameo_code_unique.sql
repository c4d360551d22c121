-- CE514 cameo_code_unique (error, suite core)
-- cameo_code is the key of the table; every row of a duplicated key fails.
-- Returns the rows of crosswalk_cameo that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("cameo_code") >> 32 AS UINTEGER) AS h FROM "crosswalk_cameo" WHERE "cameo_code" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "crosswalk_cameo" WHERE "cameo_code" IS NOT NULL AND CAST(hash("cameo_code") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "cameo_code") > 1;
