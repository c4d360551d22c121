-- CE239 ucdp_has_no_event_type (error, suite core)
-- UCDP GED does not code tactics; a type would be invented.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ("event_type" IS NULL));
