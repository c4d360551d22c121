-- CE411 publisher_id_unique (error, suite core)
-- publisher_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of publishers that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("publisher_id") >> 32 AS UINTEGER) AS h FROM "publishers" WHERE "publisher_id" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "publishers" WHERE "publisher_id" IS NOT NULL AND CAST(hash("publisher_id") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "publisher_id") > 1;
