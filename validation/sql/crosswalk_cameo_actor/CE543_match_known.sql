-- CE543 match_known (error, suite core)
-- match takes a code of the closed vocabulary `match`, spelled as there.
-- Returns the rows of crosswalk_cameo_actor that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_cameo_actor" WHERE NOT ("match" IN ('exact', 'broad', 'narrow', 'none'));
