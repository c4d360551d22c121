-- CE235 sides_are_two (warning, suite core)
-- An actor seldom fights itself; most such rows come from a coder that took the speaker for a side. A warning, because factions of one actor do clash.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("side_a_id" != "side_b_id");
