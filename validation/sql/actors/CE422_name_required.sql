-- CE422 name_required (error, suite core)
-- Every row has a name. Neutral canonical name.
-- Returns the rows of actors that break it. Source: conflict-events design.
SELECT * FROM "actors" WHERE NOT (NOT ("name" IS NULL));
