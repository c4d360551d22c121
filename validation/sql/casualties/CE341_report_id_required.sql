-- CE341 report_id_required (error, suite core)
-- Every row has a report_id. The report that counts them.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT (NOT ("report_id" IS NULL));
