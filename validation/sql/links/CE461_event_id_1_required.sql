-- CE461 event_id_1_required (error, suite core)
-- Every row has a event_id_1. One event.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT (NOT ("event_id_1" IS NULL));
