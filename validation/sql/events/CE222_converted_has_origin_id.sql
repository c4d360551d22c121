-- CE222 converted_has_origin_id (error, suite core)
-- A converted event can be found again in the dataset it came from.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" IN ('ucdp_ged', 'acled', 'gdelt', 'icews', 'polecat', 'other'))) OR (NOT ("origin_id" IS NULL)));
