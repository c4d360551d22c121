-- CE118 control_extent_known (error, suite core)
-- control_extent takes a code of the closed vocabulary `control_extent`, spelled as there.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("control_extent" IN ('full', 'partial', 'contested'));
