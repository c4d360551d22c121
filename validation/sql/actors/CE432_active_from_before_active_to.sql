-- CE432 active_from_before_active_to (error, suite core)
-- active_from is at most active_to.
-- Returns the rows of actors that break it. Source: conflict-events design.
SELECT * FROM "actors" WHERE NOT ("active_from" <= "active_to");
