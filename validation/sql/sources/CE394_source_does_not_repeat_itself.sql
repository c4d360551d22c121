-- CE394 source_does_not_repeat_itself (error, suite core)
-- A source repeats another one, or none.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE NOT ("source_id" != "derived_from_source_id");
