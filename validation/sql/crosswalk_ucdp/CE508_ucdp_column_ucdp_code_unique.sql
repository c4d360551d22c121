-- CE508 ucdp_column_ucdp_code_unique (error, suite core)
-- ucdp_column, ucdp_code is the key of the table; every row of a duplicated key fails.
-- Returns the rows of crosswalk_ucdp that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("ucdp_column", "ucdp_code") AS h FROM "crosswalk_ucdp" WHERE "ucdp_column" IS NOT NULL AND "ucdp_code" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "crosswalk_ucdp" WHERE "ucdp_column" IS NOT NULL AND "ucdp_code" IS NOT NULL AND hash("ucdp_column", "ucdp_code") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "ucdp_column", "ucdp_code") > 1;
