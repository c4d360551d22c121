-- CE220 acled_within_coverage (warning, suite core)
-- ACLED covers Africa from 1997 and other regions from later years.
-- Returns the rows of events that break it. Source: ACLED Codebook.
SELECT * FROM "events" WHERE NOT ((NOT ("origin" = 'acled')) OR ("date_start" >= '1997-01-01'::DATE));
