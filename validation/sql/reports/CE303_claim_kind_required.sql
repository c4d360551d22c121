-- CE303 claim_kind_required (error, suite core)
-- Every row has a claim_kind. What the report states: an event, a total over many, or a status of control.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT (NOT ("claim_kind" IS NULL));
