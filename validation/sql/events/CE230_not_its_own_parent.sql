-- CE230 not_its_own_parent (error, suite core)
-- An event lies in an aggregate, never in itself.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("event_id" != "parent_event_id");
