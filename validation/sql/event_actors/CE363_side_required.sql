-- CE363 side_required (error, suite core)
-- Every row has a side. The side it is on: a, b, or other.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE NOT (NOT ("side" IS NULL));
