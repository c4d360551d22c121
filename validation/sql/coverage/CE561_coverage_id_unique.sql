-- CE561 coverage_id_unique (error, suite core)
-- coverage_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of coverage that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("coverage_id") >> 32 AS UINTEGER) AS h FROM "coverage" WHERE "coverage_id" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "coverage" WHERE "coverage_id" IS NOT NULL AND CAST(hash("coverage_id") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "coverage_id") > 1;
