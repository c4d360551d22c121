-- CE508 ucdp_column_ucdp_code_unique (error, suite core)
-- ucdp_column, ucdp_code is the key of the table; every row of a duplicated key fails.
-- Returns the rows of crosswalk_ucdp that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("ucdp_column", "ucdp_code") >> 32 AS UINTEGER) AS h FROM "crosswalk_ucdp" WHERE "ucdp_column" IS NOT NULL AND "ucdp_code" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "crosswalk_ucdp" WHERE "ucdp_column" IS NOT NULL AND "ucdp_code" IS NOT NULL AND CAST(hash("ucdp_column", "ucdp_code") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "ucdp_column", "ucdp_code") > 1;
