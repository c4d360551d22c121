-- CE474 event_id_2_in_events (error, suite release)
-- Every event_id_2 is a row of events.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE "event_id_2" IS NOT NULL AND "event_id_2" NOT IN (SELECT "event_id" FROM "events" WHERE "event_id" IS NOT NULL);
