-- CE401 publisher_id_required (error, suite core)
-- Every row has a publisher_id. Identifier of the publisher.
-- Returns the rows of publishers that break it. Source: conflict-events design.
SELECT * FROM "publishers" WHERE NOT (NOT ("publisher_id" IS NULL));
