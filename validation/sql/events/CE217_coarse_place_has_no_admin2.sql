-- CE217 coarse_place_has_no_admin2 (error, suite core)
-- An event placed only to its first-order division (4) or its country (6) has no second-order division.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ((NOT (("where_precision" = 4) OR ("where_precision" = 6))) OR ("admin2" IS NULL)));
