-- CE311 evidence_end_in_range (error, suite core)
-- evidence_end is >= 0 (Unicode code points).
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("evidence_end" >= 0);
