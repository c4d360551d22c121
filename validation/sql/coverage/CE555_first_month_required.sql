-- CE555 first_month_required (error, suite core)
-- Every row has a first_month. First month that was looked at from its first day on, as that day. A month looked at in part is not one.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT (NOT ("first_month" IS NULL));
