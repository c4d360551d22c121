-- CE301 report_id_required (error, suite core)
-- Every row has a report_id. Identifier of the report.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT (NOT ("report_id" IS NULL));
