-- CE445 country_required (error, suite core)
-- Every row has a country. Country, ISO 3166-1 alpha-3; a coding convention.
-- Returns the rows of places that break it. Source: ISO 3166-1.
SELECT * FROM "places" WHERE NOT (NOT ("country" IS NULL));
