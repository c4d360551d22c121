-- CE138 conflict_id_form (error, suite core)
-- conflict_id is an id with its source's name before it, such as ucdp:333 (regular expression `[a-z_]+:[^\n]+`).
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (ltrim("conflict_id", 'abcdefghijklmnopqrstuvwxyz_') LIKE ':_%' AND NOT starts_with("conflict_id", ':') AND NOT contains("conflict_id", '
'));
