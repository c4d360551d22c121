-- CE563 admin1_needs_country (error, suite core)
-- A first division is one of a country.
-- Returns the rows of coverage that break it. Source: conflict-events design.
SELECT * FROM "coverage" WHERE NOT ((NOT (NOT ("admin1" IS NULL))) OR (NOT ("country" IS NULL)));
