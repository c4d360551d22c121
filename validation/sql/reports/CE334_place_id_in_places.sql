-- CE334 place_id_in_places (error, suite release)
-- Every place_id is a row of places.
-- Returns the rows of reports that break it. Source: conflict-events design.
SELECT * FROM "reports" WHERE "place_id" IS NOT NULL AND "place_id" NOT IN (SELECT "place_id" FROM "places" WHERE "place_id" IS NOT NULL);
