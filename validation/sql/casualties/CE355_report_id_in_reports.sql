-- CE355 report_id_in_reports (error, suite release)
-- Every report_id is a row of reports.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE "report_id" IS NOT NULL AND "report_id" NOT IN (SELECT "report_id" FROM "reports" WHERE "report_id" IS NOT NULL);
