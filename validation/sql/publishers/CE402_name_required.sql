-- CE402 name_required (error, suite core)
-- Every row has a name. Name of the publisher.
-- Returns the rows of publishers that break it. Source: conflict-events design.
SELECT * FROM "publishers" WHERE NOT (NOT ("name" IS NULL));
