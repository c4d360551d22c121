-- CE312 evidence_sha256_form (error, suite core)
-- evidence_sha256 is 64 lower-case hexadecimal digits (regular expression `[0-9a-f]{64}`).
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ((regexp_full_match("evidence_sha256", '[0-9a-f]{64}') AND (NOT ends_with("evidence_sha256", '
'))) AND (length("evidence_sha256") = 64));
