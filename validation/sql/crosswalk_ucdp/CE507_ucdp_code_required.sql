-- CE507 ucdp_code_required (error, suite core)
-- Every row has a ucdp_code. Its code.
-- Returns the rows of crosswalk_ucdp that break it. Source: UCDP GED Codebook.
SELECT * FROM "crosswalk_ucdp" WHERE NOT (NOT ("ucdp_code" IS NULL));
