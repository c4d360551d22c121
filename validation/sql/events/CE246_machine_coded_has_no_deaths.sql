-- CE246 machine_coded_has_no_deaths (error, suite core)
-- GDELT and POLECAT do not count deaths; a figure would be invented.
-- Returns the rows of events that break it. Source: conflict-events design.
SELECT * FROM "events" WHERE NOT ((NOT (("origin" = 'gdelt') OR ("origin" = 'polecat'))) OR ("deaths_best" IS NULL));
