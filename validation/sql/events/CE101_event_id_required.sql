-- CE101 event_id_required (error, suite core)
-- Every row has a event_id. Identifier of the event; unique, of no set form. Minted once in the records; `origin:origin_id` for a converted event, so the same input gives the same id everywhere.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (NOT ("event_id" IS NULL));
