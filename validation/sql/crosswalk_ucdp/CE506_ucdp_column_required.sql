-- CE506 ucdp_column_required (error, suite core)
-- Every row has a ucdp_column. Column of UCDP GED.
-- Returns the rows of crosswalk_ucdp that break it. Source: UCDP GED Codebook.
SELECT * FROM "crosswalk_ucdp" WHERE NOT (NOT ("ucdp_column" IS NULL));
