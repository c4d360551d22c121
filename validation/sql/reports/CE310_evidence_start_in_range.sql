-- CE310 evidence_start_in_range (error, suite core)
-- evidence_start is >= 0 (Unicode code points).
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("evidence_start" >= 0);
