-- CE354 report_id_side_harm_unique (error, suite core)
-- report_id, side, harm is the key of the table; every row of a duplicated key fails.
-- Returns the rows of casualties that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("report_id", "side", "harm") >> 32 AS UINTEGER) AS h FROM "casualties" WHERE "report_id" IS NOT NULL AND "side" IS NOT NULL AND "harm" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "casualties" WHERE "report_id" IS NOT NULL AND "side" IS NOT NULL AND "harm" IS NOT NULL AND CAST(hash("report_id", "side", "harm") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "report_id", "side", "harm") > 1;
