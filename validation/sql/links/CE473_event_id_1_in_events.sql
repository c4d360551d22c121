-- CE473 event_id_1_in_events (error, suite release)
-- Every event_id_1 is a row of events.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE "event_id_1" IS NOT NULL AND "event_id_1" NOT IN (SELECT "event_id" FROM "events" WHERE "event_id" IS NOT NULL);
