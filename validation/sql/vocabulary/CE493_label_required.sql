-- CE493 label_required (error, suite core)
-- Every row has a label. Name for people.
-- Returns the rows of vocabulary that break it. Source: conflict-events design.
SELECT * FROM "vocabulary" WHERE NOT (NOT ("label" IS NULL));
