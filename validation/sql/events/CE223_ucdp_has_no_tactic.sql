-- CE223 ucdp_has_no_tactic (error, suite core)
-- UCDP GED does not code tactics; a subtype would be invented.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ("event_subtype" IS NULL));
