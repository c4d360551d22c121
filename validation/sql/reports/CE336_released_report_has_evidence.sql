-- CE336 released_report_has_evidence (error, suite release)
-- Every released report can be checked against the sentence it was coded from.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ((NOT (NOT ("source_id" IS NULL))) OR (NOT ("evidence_sha256" IS NULL)));
