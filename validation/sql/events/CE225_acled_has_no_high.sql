-- CE225 acled_has_no_high (error, suite core)
-- ACLED gives one figure; bounds would be invented.
-- Returns the rows of events that break it. Source: ACLED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'acled')) OR ("deaths_high" IS NULL));
