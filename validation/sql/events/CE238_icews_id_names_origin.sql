-- CE238 icews_id_names_origin (error, suite core)
-- An ICEWS id is unique only together with the event's date, so the id holds both after the origin.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'icews')) OR (((((((("origin" != 'article') OR starts_with("event_id", 'article:')) AND (("origin" != 'ucdp_ged') OR starts_with("event_id", 'ucdp_ged:'))) AND (("origin" != 'acled') OR starts_with("event_id", 'acled:'))) AND (("origin" != 'gdelt') OR starts_with("event_id", 'gdelt:'))) AND (("origin" != 'icews') OR starts_with("event_id", 'icews:'))) AND (("origin" != 'polecat') OR starts_with("event_id", 'polecat:'))) AND (("origin" != 'other') OR starts_with("event_id", 'other:'))));
