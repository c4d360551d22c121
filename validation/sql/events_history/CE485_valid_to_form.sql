-- CE485 valid_to_form (error, suite core)
-- valid_to is a data release such as 2026.11.0 (regular expression `[0-9]{4}\.[0-9]{2}\.[0-9]+`).
-- Returns the rows of events_history that break it. Source: conflict-events design.
SELECT * FROM "events_history" WHERE NOT (regexp_full_match("valid_to", '[0-9]{4}\.[0-9]{2}\.[0-9]+') AND (NOT ends_with("valid_to", '
')));
