-- CE313 evidence_length_in_range (error, suite core)
-- evidence_length is >= 1 (Unicode code points).
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("evidence_length" >= 1);
