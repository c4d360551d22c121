-- CE102 origin_required (error, suite core)
-- Every row has a origin. What the event was made from: an article or a dataset.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT (NOT ("origin" IS NULL));
