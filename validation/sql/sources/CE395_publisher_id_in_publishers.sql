-- CE395 publisher_id_in_publishers (error, suite release)
-- Every publisher_id is a row of publishers.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE "publisher_id" IS NOT NULL AND "publisher_id" NOT IN (SELECT "publisher_id" FROM "publishers" WHERE "publisher_id" IS NOT NULL);
