-- CE456 place_id_unique (error, suite core)
-- place_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of places that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("place_id") >> 32 AS UINTEGER) AS h FROM "places" WHERE "place_id" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "places" WHERE "place_id" IS NOT NULL AND CAST(hash("place_id") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "place_id") > 1;
