-- CE231 aggregate_has_no_parent (error, suite core)
-- Aggregates do not nest: an incident lies in one aggregate at the most.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("event_level" = 'aggregate')) OR ("parent_event_id" IS NULL));
