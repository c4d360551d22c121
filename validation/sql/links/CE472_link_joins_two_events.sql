-- CE472 link_joins_two_events (error, suite core)
-- A link joins two events.
-- Returns the rows of links that break it. Source: conflict-events design.
SELECT * FROM "links" WHERE NOT ("event_id_1" != "event_id_2");
