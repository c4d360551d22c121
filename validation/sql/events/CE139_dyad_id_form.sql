-- CE139 dyad_id_form (error, suite core)
-- dyad_id is an id with its source's name before it, such as ucdp:735 (regular expression `[a-z_]+:.+`).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (regexp_matches("dyad_id", '^(?:[a-z_]+:.+)$') AND (NOT ends_with("dyad_id", '
')));
