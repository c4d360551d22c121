-- CE218 country_place_has_no_admin1 (error, suite core)
-- An event placed only to its country has no first-order division.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ((NOT ("where_precision" = 6)) OR ("admin1" IS NULL)));
