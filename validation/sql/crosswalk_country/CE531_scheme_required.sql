-- CE531 scheme_required (error, suite core)
-- Every row has a scheme. Which scheme the code is of: Gleditsch-Ward, FIPS 10-4, CAMEO, ISO 3166-1 numeric or alpha-2.
-- Returns the rows of crosswalk_country that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_country" WHERE NOT (NOT ("scheme" IS NULL));
