-- CE365 role_required (error, suite core)
-- Every row has a role. What it did: primary, ally, backer, target.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
SELECT * FROM "event_actors" WHERE NOT (NOT ("role" IS NULL));
