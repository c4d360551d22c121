-- CE562 first_month_not_above_last_month (error, suite core)
-- first_month is at most last_month.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT ("first_month" <= "last_month");
