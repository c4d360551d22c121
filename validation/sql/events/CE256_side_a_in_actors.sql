-- CE256 side_a_in_actors (error, suite release)
-- Every actor id is a row of actors.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE "side_a_id" IS NOT NULL AND "side_a_id" NOT IN (SELECT "actor_id" FROM "actors" WHERE "actor_id" IS NOT NULL);
