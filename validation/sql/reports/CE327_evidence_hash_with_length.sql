-- CE327 evidence_hash_with_length (error, suite core)
-- The hash is checked by sliding a window of that length over a text; it needs both.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT (("evidence_sha256" IS NULL) = ("evidence_length" IS NULL));
