-- CE254 parent_is_no_incident (error, suite core)
-- The parent of an incident is an aggregate.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE "parent_event_id" IS NOT NULL AND "parent_event_id" IN (SELECT "event_id" FROM "events" WHERE "event_level" IN ('incident'));
