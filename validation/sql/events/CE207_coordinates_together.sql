-- CE207 coordinates_together (error, suite core)
-- A point has both coordinates or the event has none.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (("latitude" IS NULL) = ("longitude" IS NULL));
