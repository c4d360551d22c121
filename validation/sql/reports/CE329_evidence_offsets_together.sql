-- CE329 evidence_offsets_together (error, suite core)
-- The evidence sentence has a beginning and an end in the text, or its place is not known.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT (("evidence_start" IS NULL) = ("evidence_end" IS NULL));
