-- CE214 one_sided_has_no_side_a_deaths (error, suite core)
-- One-sided violence is against civilians: UCDP counts no dead of either side in it.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ((NOT ("violence_type" = 3)) OR ("deaths_side_a" = 0)));
