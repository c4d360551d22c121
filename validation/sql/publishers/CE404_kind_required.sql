-- CE404 kind_required (error, suite core)
-- Every row has a kind. What it is: agency, newspaper, broadcaster, state medium, party to the conflict, NGO, blog.
-- Returns the rows of publishers that break it. Source: conflict-events design.
SELECT * FROM "publishers" WHERE NOT (NOT ("kind" IS NULL));
