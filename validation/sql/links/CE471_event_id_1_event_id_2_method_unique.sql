-- CE471 event_id_1_event_id_2_method_unique (error, suite core)
-- event_id_1, event_id_2, method is the key of the table; every row of a duplicated key fails.
-- Returns the rows of links that break it. Source: conflict-events design.
WITH hashes AS (SELECT hash("event_id_1", "event_id_2", "method") AS h FROM "links" WHERE "event_id_1" IS NOT NULL AND "event_id_2" IS NOT NULL AND "method" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "links" WHERE "event_id_1" IS NOT NULL AND "event_id_2" IS NOT NULL AND "method" IS NOT NULL AND hash("event_id_1", "event_id_2", "method") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "event_id_1", "event_id_2", "method") > 1;
