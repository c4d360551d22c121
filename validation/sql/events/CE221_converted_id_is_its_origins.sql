-- CE221 converted_id_is_its_origins (error, suite core)
-- A converted event's id is `origin:origin_id`, so the same input gives the same id everywhere.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" IN ('ucdp_ged', 'acled', 'gdelt', 'polecat', 'other'))) OR ("event_id" = (CASE WHEN (NOT (("origin" IS NULL) OR ("origin_id" IS NULL))) THEN concat_ws(':', CAST("origin" AS VARCHAR), CAST("origin_id" AS VARCHAR)) ELSE NULL END)));
