-- CE552 origin_required (error, suite core)
-- Every row has a origin. Origin of the events that were looked for, as in events.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT (NOT ("origin" IS NULL));
