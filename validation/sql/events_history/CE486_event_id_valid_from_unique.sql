-- CE486 event_id_valid_from_unique (error, suite core)
-- event_id, valid_from is the key of the table; every row of a duplicated key fails.
-- Returns the rows of events_history that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("event_id", "valid_from") AS h FROM "events_history" WHERE "event_id" IS NOT NULL AND "valid_from" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "events_history" WHERE "event_id" IS NOT NULL AND "valid_from" IS NOT NULL AND hash("event_id", "valid_from") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "event_id", "valid_from") > 1;
