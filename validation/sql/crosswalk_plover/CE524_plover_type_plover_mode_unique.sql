-- CE524 plover_type_plover_mode_unique (error, suite core)
-- plover_type, plover_mode is the key of the table; every row of a duplicated key fails.
-- Returns the rows of crosswalk_plover that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("plover_type", "plover_mode") AS h FROM "crosswalk_plover" WHERE "plover_type" IS NOT NULL AND "plover_mode" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "crosswalk_plover" WHERE "plover_type" IS NOT NULL AND "plover_mode" IS NOT NULL AND hash("plover_type", "plover_mode") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "plover_type", "plover_mode") > 1;
