-- CE240 initiator_not_coded_by_source (error, suite core)
-- UCDP and ACLED order the sides by their own rules; neither order says who began.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT (("origin" = 'ucdp_ged') OR ("origin" = 'acled'))) OR ((NOT (NOT ("initiator" IS NULL))) OR ("initiator" = 'not_coded')));
