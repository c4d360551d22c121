-- CE391 source_id_unique (error, suite core)
-- source_id is the key of the table; every row of a duplicated key fails.
-- Returns the rows of sources that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("source_id") AS h FROM "sources" WHERE "source_id" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "sources" WHERE "source_id" IS NOT NULL AND hash("source_id") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "source_id") > 1;
