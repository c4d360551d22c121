-- CE443 kind_required (error, suite core)
-- Every row has a kind. What it is: city, village, district, governorate, border crossing.
-- Returns the rows of places that break it. Source: conflict-events design.
SELECT * FROM "places" WHERE NOT (NOT ("kind" IS NULL));
