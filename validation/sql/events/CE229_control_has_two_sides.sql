-- CE229 control_has_two_sides (error, suite core)
-- Control passes from one side to another.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("territory_from" != "territory_to");
