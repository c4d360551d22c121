-- CE383 language_required (error, suite core)
-- Every row has a language. Language of the text, ISO 639-1.
-- Returns the rows of sources that break it. Source: ISO 639-1.
SELECT * FROM "sources" WHERE NOT (NOT ("language" IS NULL));
