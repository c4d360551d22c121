-- CE396 republished_by_in_publishers (error, suite release)
-- Every republished_by is a row of publishers.
-- Returns the rows of sources that break it. Source: conflict-events design.
SELECT * FROM "sources" WHERE "republished_by" IS NOT NULL AND "republished_by" NOT IN (SELECT "publisher_id" FROM "publishers" WHERE "publisher_id" IS NOT NULL);
