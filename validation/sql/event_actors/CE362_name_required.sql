-- CE362 name_required (error, suite core)
-- Every row has a name. Neutral name of the actor.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE NOT (NOT ("name" IS NULL));
