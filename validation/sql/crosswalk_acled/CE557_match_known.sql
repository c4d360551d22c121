-- CE557 match_known (error, suite core)
-- match takes a code of the closed vocabulary `match`, spelled as there.
-- Returns the rows of crosswalk_acled that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_acled" WHERE NOT ("match" IN ('exact', 'broad', 'narrow', 'none'));
