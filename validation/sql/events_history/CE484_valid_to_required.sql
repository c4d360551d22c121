-- CE484 valid_to_required (error, suite core)
-- Every row has a valid_to. Data release that no longer had it.
-- Returns the rows of events_history that break it. Source: conflict-events design.
SELECT * FROM "events_history" WHERE NOT (NOT ("valid_to" IS NULL));
