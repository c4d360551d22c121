-- CE385 text_sha256_form (error, suite core)
-- text_sha256 is 64 lower-case hexadecimal digits (regular expression `[0-9a-f]{64}`).
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT ((regexp_full_match("text_sha256", '[0-9a-f]{64}') AND (NOT ends_with("text_sha256", '
'))) AND (length("text_sha256") = 64));
