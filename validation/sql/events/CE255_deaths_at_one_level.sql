-- CE255 deaths_at_one_level (error, suite core)
-- Where an aggregate has deaths its incidents have none, so that a plain sum counts nobody twice.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE "parent_event_id" IS NOT NULL AND ("deaths_side_a" IS NOT NULL OR "deaths_side_b" IS NOT NULL OR "deaths_civilians" IS NOT NULL OR "deaths_unknown" IS NOT NULL OR "deaths_low" IS NOT NULL OR "deaths_best" IS NOT NULL OR "deaths_high" IS NOT NULL) AND "parent_event_id" IN (SELECT "event_id" FROM "events" WHERE "deaths_side_a" IS NOT NULL OR "deaths_side_b" IS NOT NULL OR "deaths_civilians" IS NOT NULL OR "deaths_unknown" IS NOT NULL OR "deaths_low" IS NOT NULL OR "deaths_best" IS NOT NULL OR "deaths_high" IS NOT NULL);
