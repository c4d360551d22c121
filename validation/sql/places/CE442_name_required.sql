-- CE442 name_required (error, suite core)
-- Every row has a name. Name of the place.
-- Returns the rows of places that break it. Source: conflict-events design.
SELECT * FROM "places" WHERE NOT (NOT ("name" IS NULL));
