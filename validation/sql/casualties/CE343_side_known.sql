-- CE343 side_known (error, suite core)
-- side takes a code of the closed vocabulary `casualty_side`, spelled as there.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("side" IN ('a', 'b', 'civilians', 'unknown'));
