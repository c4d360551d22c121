-- CE482 valid_from_required (error, suite core)
-- Every row has a valid_from. Data release that first had this row.
-- Returns the rows of events_history that break it. Source: conflict-events design.
SELECT * FROM "events_history" WHERE NOT (NOT ("valid_from" IS NULL));
