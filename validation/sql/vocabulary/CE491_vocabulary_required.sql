-- CE491 vocabulary_required (error, suite core)
-- Every row has a vocabulary. Name of the vocabulary.
-- Returns the rows of vocabulary that break it. Source: conflict-events design.
SELECT * FROM "vocabulary" WHERE NOT (NOT ("vocabulary" IS NULL));
