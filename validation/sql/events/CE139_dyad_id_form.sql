-- CE139 dyad_id_form (error, suite core)
-- dyad_id is an id with its source's name before it, such as ucdp:735 (regular expression `[a-z_]+:[^\n]+`).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (regexp_full_match("dyad_id", '[a-z_]+:[^\n]+') AND (NOT ends_with("dyad_id", '
')));
