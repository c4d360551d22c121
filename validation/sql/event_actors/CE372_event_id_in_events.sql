-- CE372 event_id_in_events (error, suite release)
-- Every event_id is a row of events.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE "event_id" IS NOT NULL AND "event_id" NOT IN (SELECT "event_id" FROM "events" WHERE "event_id" IS NOT NULL);
