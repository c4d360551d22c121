-- CE456 place_id_unique (error, suite core)
-- place_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of places that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("place_id") AS h FROM "places" WHERE "place_id" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "places" WHERE "place_id" IS NOT NULL AND hash("place_id") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "place_id") > 1;
