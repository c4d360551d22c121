-- CE326 evidence_start_before_evidence_end (error, suite core)
-- evidence_start is at most evidence_end.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("evidence_start" <= "evidence_end");
