-- CE431 actor_id_unique (error, suite core)
-- actor_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of actors that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("actor_id") >> 32 AS UINTEGER) AS h FROM "actors" WHERE "actor_id" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "actors" WHERE "actor_id" IS NOT NULL AND CAST(hash("actor_id") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "actor_id") > 1;
