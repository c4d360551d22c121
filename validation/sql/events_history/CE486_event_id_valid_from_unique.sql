-- CE486 event_id_valid_from_unique (error, suite core)
-- event_id, valid_from is the key of the table; every row of a duplicated key fails.
-- Returns the rows of events_history that break it. Source: conflict-events design.
WITH hashes AS (SELECT CAST(hash("event_id", "valid_from") >> 32 AS UINTEGER) AS h FROM "events_history" WHERE "event_id" IS NOT NULL AND "valid_from" IS NOT NULL), pairs AS (SELECT h, lag(h) OVER (ORDER BY h) AS before FROM hashes), suspects AS (SELECT h FROM pairs WHERE h = before) SELECT * FROM "events_history" WHERE "event_id" IS NOT NULL AND "valid_from" IS NOT NULL AND CAST(hash("event_id", "valid_from") >> 32 AS UINTEGER) IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "event_id", "valid_from") > 1;
