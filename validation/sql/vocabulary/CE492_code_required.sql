-- CE492 code_required (error, suite core)
-- Every row has a code. The code, as it stands in the tables.
-- Returns the rows of vocabulary that break it. Source: conflict-events design.
SELECT * FROM "vocabulary" WHERE NOT (NOT ("code" IS NULL));
