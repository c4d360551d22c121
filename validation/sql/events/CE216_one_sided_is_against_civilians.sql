-- CE216 one_sided_is_against_civilians (error, suite core)
-- In one-sided violence UCDP's side b is always Civilians.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ((NOT ("violence_type" = 3)) OR ("side_b" = 'Civilians')));
