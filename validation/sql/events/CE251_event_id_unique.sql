-- CE251 event_id_unique (error, suite core)
-- An event has one row; every row of a duplicated id fails.
-- Returns the rows of events that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("event_id") >> 32 AS UINTEGER) AS h FROM "events" WHERE "event_id" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "events" WHERE "event_id" IS NOT NULL AND CAST(hash("event_id") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "event_id") > 1;
