-- CE224 acled_has_no_low (error, suite core)
-- ACLED gives one figure; bounds would be invented.
-- Returns the rows of events that break it. Source: ACLED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'acled')) OR ("deaths_low" IS NULL));
