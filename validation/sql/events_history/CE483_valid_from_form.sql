-- CE483 valid_from_form (error, suite core)
-- valid_from is a data release such as 2026.11.0 (regular expression `[0-9]{4}\.[0-9]{2}\.[0-9]+`).
-- Returns the rows of events_history that break it. Source: conflict-events design.
SELECT * FROM "events_history" WHERE NOT (regexp_full_match("valid_from", '[0-9]{4}\.[0-9]{2}\.[0-9]+') AND (NOT ends_with("valid_from", '
')));
