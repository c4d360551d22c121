-- CE137 release_revised_form (error, suite core)
-- release_revised is a data release such as 2026.11.0 (regular expression `[0-9]{4}\.[0-9]{2}\.[0-9]+`).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (regexp_full_match("release_revised", '[0-9]{4}\.[0-9]{2}\.[0-9]+') AND (NOT ends_with("release_revised", '
')));
