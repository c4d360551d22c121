-- CE582 match_known (error, suite core)
-- match takes a code of the closed vocabulary `match`, spelled as there.
-- Returns the rows of crosswalk_plover that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_plover" WHERE NOT ("match" IN ('exact', 'broad', 'narrow', 'none'));
