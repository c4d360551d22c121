-- CE344 harm_required (error, suite core)
-- Every row has a harm. What was done to them: killed, wounded, captured, missing.
-- Returns the rows of casualties that break it. Source: conflict-events design.
SELECT * FROM "casualties" WHERE NOT (NOT ("harm" IS NULL));
