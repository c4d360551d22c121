-- CE421 actor_id_required (error, suite core)
-- Every row has a actor_id. Identifier of the actor.
-- Returns the rows of actors that break it. Source: conflict-events design.
SELECT * FROM "actors" WHERE NOT (NOT ("actor_id" IS NULL));
