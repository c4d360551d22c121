-- CE106 event_level_required (error, suite core)
-- Every row has a event_level. Whether the row is one incident, or an aggregate: a toll or a fight reported over several incidents.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (NOT ("event_level" IS NULL));
