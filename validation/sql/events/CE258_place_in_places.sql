-- CE258 place_in_places (error, suite release)
-- Every place id is a row of places.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE "place_id" IS NOT NULL AND "place_id" NOT IN (SELECT "place_id" FROM "places" WHERE "place_id" IS NOT NULL);
