-- CE532 scheme_known (error, suite core)
-- scheme takes a code of the closed vocabulary `country_scheme`, spelled as there.
-- Returns the rows of crosswalk_country that break it. Source: conflict-events design.
SELECT * FROM "crosswalk_country" WHERE NOT ("scheme" IN ('gw', 'fips', 'cameo', 'iso_numeric', 'iso_alpha2'));
