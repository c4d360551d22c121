-- CE524 plover_type_plover_mode_unique (error, suite core)
-- plover_type, plover_mode is the key of the table; every row of a duplicated key fails.
-- Returns the rows of crosswalk_plover that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("plover_type", "plover_mode") >> 32 AS UINTEGER) AS h FROM "crosswalk_plover" WHERE "plover_type" IS NOT NULL AND "plover_mode" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "crosswalk_plover" WHERE "plover_type" IS NOT NULL AND "plover_mode" IS NOT NULL AND CAST(hash("plover_type", "plover_mode") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "plover_type", "plover_mode") > 1;
