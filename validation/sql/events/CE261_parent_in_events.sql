-- CE261 parent_in_events (error, suite release)
-- The aggregate that an incident lies in is in the same table. Asked of a release only: a part of a table may lack it.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE "parent_event_id" IS NOT NULL AND "parent_event_id" NOT IN (SELECT "event_id" FROM "events" WHERE "event_id" IS NOT NULL);
