-- CE441 place_id_required (error, suite core)
-- Every row has a place_id. Identifier of the place.
-- Returns the rows of places that break it. Source: conflict-events design.
SELECT * FROM "places" WHERE NOT (NOT ("place_id" IS NULL));
