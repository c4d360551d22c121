-- CE139 dyad_id_form (error, suite core)
-- dyad_id is an id with its source's name before it, such as ucdp:735 (regular expression `[a-z_]+:[^\n]+`).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (ltrim("dyad_id", 'abcdefghijklmnopqrstuvwxyz_') LIKE ':_%' AND NOT starts_with("dyad_id", ':') AND NOT contains("dyad_id", '
'));
