-- CE426 aliases_required (error, suite core)
-- Every row has a aliases. Other spellings and names met in sources; empty where there are none.
-- Returns the rows of actors that break it. Source: conflict-events design.
SELECT * FROM "actors" WHERE NOT (NOT ("aliases" IS NULL));
