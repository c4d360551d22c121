-- CE345 harm_known (error, suite core)
-- harm takes a code of the closed vocabulary `harm`, spelled as there.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT ("harm" IN ('killed', 'wounded', 'captured', 'missing'));
