-- CE384 language_form (error, suite core)
-- language is a two-letter ISO 639-1 code (regular expression `[a-z]{2}`).
-- Returns the rows of sources that break it. Source: ISO 639-1.
SELECT * FROM "sources" WHERE NOT ((regexp_full_match("language", '[a-z]{2}') AND (NOT ends_with("language", '
'))) AND (length("language") = 2));
