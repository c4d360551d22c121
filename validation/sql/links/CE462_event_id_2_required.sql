-- CE462 event_id_2_required (error, suite core)
-- Every row has a event_id_2. The other event.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT (NOT ("event_id_2" IS NULL));
