-- CE331 report_id_unique (error, suite core)
-- report_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of reports that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("report_id") >> 32 AS UINTEGER) AS h FROM "reports" WHERE "report_id" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "reports" WHERE "report_id" IS NOT NULL AND CAST(hash("report_id") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "report_id") > 1;
