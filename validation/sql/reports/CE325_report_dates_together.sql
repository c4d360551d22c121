-- CE325 report_dates_together (error, suite core)
-- A date has a start, an end and a precision, or the report has no date.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT ((("date_start" IS NULL) = ("date_end" IS NULL)) AND (("date_start" IS NULL) = ("date_precision" IS NULL)));
