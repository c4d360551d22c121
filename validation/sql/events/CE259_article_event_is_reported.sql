-- CE259 article_event_is_reported (error, suite release)
-- Every event coded from articles has at least one report that tells of it.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE "event_id" IS NOT NULL AND "origin" IN ('article') AND "event_id" NOT IN (SELECT "event_id" FROM "reports" WHERE "event_id" IS NOT NULL);
