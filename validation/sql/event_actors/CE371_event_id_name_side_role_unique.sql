-- CE371 event_id_name_side_role_unique (error, suite core)
-- event_id, name, side, role is the key of the table; every row of a duplicated key fails.
-- Returns the rows of event_actors that break it. Source: conflict-events design.
WITH suspects AS (SELECT hash("event_id", "name", "side", "role") AS h FROM "event_actors" WHERE "event_id" IS NOT NULL AND "name" IS NOT NULL AND "side" IS NOT NULL AND "role" IS NOT NULL GROUP BY h HAVING count(*) > 1) SELECT * FROM "event_actors" WHERE "event_id" IS NOT NULL AND "name" IS NOT NULL AND "side" IS NOT NULL AND "role" IS NOT NULL AND hash("event_id", "name", "side", "role") IN (SELECT h FROM suspects) QUALIFY count(*) OVER (PARTITION BY "event_id", "name", "side", "role") > 1;
