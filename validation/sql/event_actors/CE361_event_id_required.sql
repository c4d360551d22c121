-- CE361 event_id_required (error, suite core)
-- Every row has a event_id. The event.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE NOT (NOT ("event_id" IS NULL));
