-- CE330 report_does_not_supersede_itself (error, suite core)
-- A report replaces another one.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ("report_id" != "supersedes_report_id");
