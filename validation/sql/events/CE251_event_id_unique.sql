-- CE251 event_id_unique (error, suite core)
-- An event has one row; every row of a duplicated id fails.
-- Returns the rows of events that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("event_id") AS h FROM "events" WHERE "event_id" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "events" WHERE "event_id" IS NOT NULL AND hash("event_id") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "event_id") > 1;
