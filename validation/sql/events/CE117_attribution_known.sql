-- CE117 attribution_known (error, suite core)
-- attribution takes a code of the closed vocabulary `attribution`, spelled as there.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ("attribution" IN ('self_claimed', 'witnessed', 'alleged_by_opponent', 'alleged_by_third_party', 'unknown'));
