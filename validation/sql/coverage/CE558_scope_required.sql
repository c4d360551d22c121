-- CE558 scope_required (error, suite core)
-- Every row has a scope. What was looked for, in plain words: a month without an event is one in which nothing of this was found.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT (NOT ("scope" IS NULL));
