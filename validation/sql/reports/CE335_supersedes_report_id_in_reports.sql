-- CE335 supersedes_report_id_in_reports (error, suite release)
-- Every supersedes_report_id is a row of reports.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE "supersedes_report_id" IS NOT NULL AND "supersedes_report_id" NOT IN (SELECT "report_id" FROM "reports" WHERE "report_id" IS NOT NULL);
