-- CE423 actor_type_required (error, suite core)
-- Every row has a actor_type. Kind of actor. In events a state's force outside its own country counts as external_forces.
-- Returns the rows of actors that break it. Source: ACLED Codebook.
SELECT * FROM "actors" WHERE NOT (NOT ("actor_type" IS NULL));
