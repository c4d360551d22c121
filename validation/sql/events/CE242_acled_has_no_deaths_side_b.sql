-- CE242 acled_has_no_deaths_side_b (error, suite core)
-- ACLED gives one figure for all the dead; its share by side would be invented.
-- Returns the rows of events that break it. Source: ACLED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'acled')) OR ("deaths_side_b" IS NULL));
