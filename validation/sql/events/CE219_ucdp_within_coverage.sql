-- CE219 ucdp_within_coverage (warning, suite core)
-- UCDP GED covers 1989 onwards.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ("date_start" >= '1989-01-01'::DATE));
