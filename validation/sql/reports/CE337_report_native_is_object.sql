-- CE337 report_native_is_object (error, suite core)
-- native keeps the source row's other columns as one JSON object.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE NOT (starts_with("native", '{') AND ends_with("native", '}'));
