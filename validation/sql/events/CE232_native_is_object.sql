-- CE232 native_is_object (error, suite core)
-- native keeps the source row's other columns as one JSON object.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (starts_with("native", '{') AND ends_with("native", '}'));
