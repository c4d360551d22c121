-- CE534 name_required (error, suite core)
-- Every row has a name. The country's name in that scheme.
-- Returns the rows of crosswalk_country that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_country" WHERE NOT (NOT ("name" IS NULL));
