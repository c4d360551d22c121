-- CE366 role_known (error, suite core)
-- role takes a code of the closed vocabulary `event_actor_role`, spelled as there.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE NOT ("role" IN ('primary', 'ally', 'backer', 'target'));
