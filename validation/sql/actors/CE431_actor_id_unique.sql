-- CE431 actor_id_unique (error, suite core)
-- actor_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of actors that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("actor_id") AS h FROM "actors" WHERE "actor_id" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "actors" WHERE "actor_id" IS NOT NULL AND hash("actor_id") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "actor_id") > 1;
