-- CE254 parent_is_an_aggregate (error, suite core)
-- The parent of an incident is an aggregate in the same table.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE "parent_event_id" IS NOT NULL AND "parent_event_id" NOT IN (SELECT "event_id" FROM "events" WHERE "event_id" IS NOT NULL AND "event_level" IN ('aggregate'));
