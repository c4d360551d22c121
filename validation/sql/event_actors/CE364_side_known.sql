-- CE364 side_known (error, suite core)
-- side takes a code of the closed vocabulary `event_actor_side`, spelled as there.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE NOT ("side" IN ('a', 'b', 'other'));
