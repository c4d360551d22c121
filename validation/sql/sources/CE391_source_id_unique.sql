-- CE391 source_id_unique (error, suite core)
-- source_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of sources that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("source_id") >> 32 AS UINTEGER) AS h FROM "sources" WHERE "source_id" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "sources" WHERE "source_id" IS NOT NULL AND CAST(hash("source_id") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "source_id") > 1;
