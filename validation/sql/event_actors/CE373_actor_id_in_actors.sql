-- CE373 actor_id_in_actors (error, suite release)
-- Every actor_id is a row of actors.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE "actor_id" IS NOT NULL AND "actor_id" NOT IN (SELECT "actor_id" FROM "actors" WHERE "actor_id" IS NOT NULL);
