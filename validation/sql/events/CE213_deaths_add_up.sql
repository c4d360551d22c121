-- CE213 deaths_add_up (error, suite core)
-- In UCDP GED the four counts by side always add up to the best estimate.
-- Returns the rows of events that break it. Source: UCDP GED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'ucdp_ged')) OR ((((CAST("deaths_side_a" AS DOUBLE) + CAST("deaths_side_b" AS DOUBLE)) + CAST("deaths_civilians" AS DOUBLE)) + CAST("deaths_unknown" AS DOUBLE)) = CAST("deaths_best" AS DOUBLE)));
