-- CE304 claim_kind_known (error, suite core)
-- claim_kind takes a code of the closed vocabulary `claim_kind`, spelled as there.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("claim_kind" IN ('event', 'total', 'control_status'));
