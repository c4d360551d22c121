-- CE556 last_month_required (error, suite core)
-- Every row has a last_month. Last month that was looked at to its end, as its first day.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT (NOT ("last_month" IS NULL));
